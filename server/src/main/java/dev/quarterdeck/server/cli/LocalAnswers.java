package dev.quarterdeck.server.cli;

import dev.quarterdeck.http.Json;
import dev.quarterdeck.http.Response;
import dev.quarterdeck.http.Route;
import dev.quarterdeck.production.ProductionSettings;
import dev.quarterdeck.production.ProductionSlice;
import dev.quarterdeck.production.components.RegistryException;
import dev.quarterdeck.production.http.ProductionRoutes;
import dev.quarterdeck.runtime.Problem;
import dev.quarterdeck.runtime.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Answers worked out in this process from a clone: the same routes as the server's, called
/// directly. What it caches is removed at the end.
final class LocalAnswers implements ProductionAnswers {
  private final Path clone;
  private final Path cache;
  private final ProductionSlice slice;
  private final List<Route> routes;

  private LocalAnswers(Path clone, Path cache, ProductionSlice slice) {
    this.clone = clone;
    this.cache = cache;
    this.slice = slice;
    this.routes = ProductionRoutes.of(slice);
  }

  static LocalAnswers over(Path clone, ProductionSettings settings) {
    try {
      Path cache = Files.createTempDirectory("quarterdeck-production");
      return new LocalAnswers(
          clone,
          cache,
          ProductionSlice.of(
              settings.at(clone.toAbsolutePath().toUri()), cache, InstantSource.system()));
    } catch (RegistryException unusable) {
      throw new StartRefused(ExitCode.CONFIG, "COMPONENT_TYPES_YAML: " + unusable.getMessage());
    } catch (IOException full) {
      throw new StartRefused(
          ExitCode.UNAVAILABLE, "no temporary directory: " + QuarterdeckCommand.reason(full));
    }
  }

  @Override
  public String name() {
    return clone.toString();
  }

  @Override
  public JsonNode ask(String target, @Nullable Map<String, Object> body)
      throws InterruptedException {
    URI uri = URI.create("http://localhost" + target);
    Route.Method method = body == null ? Route.Method.GET : Route.Method.POST;
    Route route =
        routes.stream()
            .filter(each -> each.method() == method && each.pattern().equals(uri.getPath()))
            .findFirst()
            .orElseThrow();
    try {
      Response response =
          route.handler().handle(new LocalRequest(method, uri, body == null ? Map.of() : body));
      if (response.body() instanceof Response.Json json && response.status() == 200) {
        return Json.parse(Json.bytes(json.value()));
      }
      throw new StartRefused(ExitCode.USAGE, "the question cannot be answered");
    } catch (ProblemException problem) {
      throw new StartRefused(exitCode(problem.problem()), problem.problem().detail());
    } catch (InterruptedException | RuntimeException failure) {
      throw failure;
    } catch (Exception failure) {
      throw new IllegalStateException(target + " failed", failure);
    }
  }

  private static int exitCode(Problem problem) {
    return problem instanceof Problem.Unavailable || problem instanceof Problem.Internal
        ? ExitCode.UNAVAILABLE
        : ExitCode.USAGE;
  }

  @Override
  public void close() {
    slice.close();
    try (Stream<Path> left = Files.walk(cache)) {
      for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException remains) {
      throw new UncheckedIOException(remains);
    }
  }
}

package dev.quarterdeck.executions.http;

import dev.quarterdeck.executions.Execution;
import dev.quarterdeck.executions.Executions;
import dev.quarterdeck.executions.Language;
import dev.quarterdeck.executions.Owner;
import dev.quarterdeck.executions.Priority;
import dev.quarterdeck.executions.Program;
import dev.quarterdeck.http.Principal;
import dev.quarterdeck.http.Request;
import dev.quarterdeck.http.Response;
import dev.quarterdeck.http.Route;
import dev.quarterdeck.http.Route.Access;
import dev.quarterdeck.http.Route.Family;
import dev.quarterdeck.http.Route.Method;
import dev.quarterdeck.runtime.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Piston's API: one request that runs a program and answers with its result. The program is an
/// execution like any other: durable, in the queue of its user, in the list of executions.
final class PistonRoutes {
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

  private final Executions executions;
  private final PistonView view;

  PistonRoutes(Executions executions) {
    this.executions = executions;
    this.view = new PistonView(executions);
  }

  List<Route> routes() {
    return List.of(
        row(Method.POST, "execute", "Runs a program and answers with its result.", this::execute)
            .schemas("PistonExecuteRequest", "PistonExecuteResponse"),
        row(
                Method.GET,
                "runtimes",
                "The languages that can run here.",
                request -> Response.json(runtimes(request)))
            .schemas("", "PistonRuntimes"),
        row(
                Method.GET,
                "connect",
                "Runs a program over a WebSocket: input, output and signals while it runs.",
                request ->
                    Response.webSocket(
                        request,
                        new PistonSocket(executions, Callers.with(request, Callers.WRITE))))
            .admission(Route.Admission.FREE)
            .successStatus(101),
        row(
                Method.GET,
                "packages",
                "The languages that are known, and whether they are installed.",
                request -> Response.json(packages(request)))
            .schemas("", "PistonPackages"));
  }

  private static Route row(Method method, String name, String summary, Route.Handler handler) {
    return Route.of(method, "/api/v2/" + name, summary, handler)
        .access(Access.LOCAL_USER)
        .family(Family.PISTON);
  }

  private Response execute(Request request) throws Exception {
    Principal caller = Callers.with(request, Callers.WRITE);
    if (!request.header("Content-Type").orElse("").startsWith("application/json")) {
      throw new Problem.UnsupportedMedia(
              "content_type", "requests must be of type application/json")
          .raise();
    }
    JsonNode body = request.json();
    if (!body.isObject()) {
      throw new Problem.BadRequest("body_invalid", "the body must be a JSON object").raise();
    }
    Program program =
        new PistonBody(body, executions.limits()).read(executions.languages().active());
    Execution accepted =
        executions.submit(Owner.of(caller), program, Priority.NORMAL, Optional.empty());
    Execution ended = request.waiting(() -> executions.await(accepted.id(), LONGEST_WAIT));
    return Response.json(
        view.of(
            ended,
            ended
                .finished()
                .orElseThrow(
                    () ->
                        new Problem.Unavailable(
                                "execution_waits",
                                "execution %s: has not ended within %d s; GET /api/v1/executions/%s/result has it later"
                                    .formatted(ended.id(), LONGEST_WAIT.toSeconds(), ended.id()),
                                Duration.ofSeconds(30))
                            .raise())));
  }

  private List<Map<String, Object>> runtimes(Request request) {
    Callers.with(request, Callers.READ);
    List<Map<String, Object>> runtimes = new ArrayList<>();
    for (Language language : executions.languages().active()) {
      for (String version : language.versions()) {
        runtimes.add(
            Map.of("language", language.name(), "version", version, "aliases", language.aliases()));
      }
    }
    return runtimes;
  }

  /// What is not installed has no version that anybody could name.
  private List<Map<String, Object>> packages(Request request) {
    Callers.with(request, Callers.READ);
    List<Map<String, Object>> packages = new ArrayList<>();
    for (Language language : executions.languages().all()) {
      List<String> versions = language.active() ? language.versions() : List.of("*");
      for (String version : versions) {
        packages.add(
            Map.of(
                "language",
                language.name(),
                "language_version",
                version,
                "installed",
                language.active()));
      }
    }
    return packages;
  }
}

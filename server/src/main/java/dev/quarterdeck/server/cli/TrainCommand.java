package dev.quarterdeck.server.cli;

import dev.quarterdeck.server.QuarterdeckServer;
import dev.quarterdeck.server.logging.Logging;
import dev.quarterdeck.server.settings.AppSettings;
import dev.quarterdeck.settings.Loaded;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.json.JsonMapper;

/// `quarterdeck train`: a server of its own under load, for the JVM to learn from. The launcher has
/// the JVM keep what it learned, and gives it to every later `serve`.
@Command(
    name = "train",
    description =
        "Runs programs in a server of its own for a while, so that later servers start faster and"
            + " are fast from their first requests on.")
final class TrainCommand implements Callable<Integer> {
  private static final int CLIENTS = 4;
  private static final Duration STOP_TIME = Duration.ofSeconds(14);
  private static final List<Map<String, String>> PROGRAMS =
      List.of(
          Map.of("lang", "python", "script", "print('hello')\n"),
          Map.of("lang", "bash", "script", "echo hello\n"));

  @ParentCommand private @Nullable QuarterdeckCommand parent;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "3000",
      description = "How many programs to run; ${DEFAULT-VALUE} without.")
  private int runs;

  @Override
  public Integer call() throws Exception {
    Terminal terminal = Objects.requireNonNull(parent).terminal();
    if (runs < 1) {
      throw new StartRefused(ExitCode.USAGE, "--runs: %d (expected: 1 or more)".formatted(runs));
    }
    Path directory = Files.createTempDirectory("quarterdeck-train");
    try {
      Loaded<AppSettings> loaded = settings(directory).loader().load();
      Logging.configure(loaded.value().core());
      QuarterdeckServer server = QuarterdeckServer.start(loaded);
      try {
        load("http://127.0.0.1:" + server.port());
      } finally {
        server.stop(STOP_TIME);
      }
    } finally {
      delete(directory);
    }
    terminal.out().printf("ran %d programs%n", runs);
    return 0;
  }

  /// Defaults but for what lets it stand beside other servers; nothing of this user's.
  private static SettingsSources settings(Path directory) {
    return new SettingsSources(
        null,
        List.of(),
        null,
        List.of(
            "DATA_DIR=" + directory.resolve("data"),
            "SERVER_HOST=127.0.0.1",
            "SERVER_PORT=0",
            "LOG_LEVEL=WARN",
            "RATE_LIMITS=10000000/minute"),
        Map.of());
  }

  private void load(String server) throws IOException, InterruptedException, ExecutionException {
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
      String login =
          send(
              client,
              HttpRequest.newBuilder(URI.create(server + "/api/v1/auth/login"))
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(BodyPublishers.ofString("username=user&password=user123")));
      String token = JsonMapper.shared().readTree(login).path("access_token").asString();
      AtomicInteger next = new AtomicInteger();
      List<Future<?>> loops = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        loops.add(
            threads.submit(
                () -> {
                  for (int run; (run = next.getAndIncrement()) < runs; ) {
                    var unused =
                        execute(client, server, token, PROGRAMS.get(run % PROGRAMS.size()));
                  }
                  return null;
                }));
      }
      for (Future<?> loop : loops) {
        loop.get();
      }
    }
  }

  private static String execute(
      HttpClient client, String server, String token, Map<String, String> program)
      throws IOException, InterruptedException {
    return send(
        client,
        HttpRequest.newBuilder(URI.create(server + "/api/v1/execute?wait=true"))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(program))));
  }

  private static String send(HttpClient client, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new StartRefused(
          ExitCode.UNAVAILABLE,
          "%s: status %d: %s (expected: 200; `quarterdeck doctor` says whether programs can run"
                  .formatted(answer.uri().getPath(), answer.statusCode(), answer.body())
              + " here)");
    }
    return answer.body();
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}

package dev.quarterdeck.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Python's hello world: bare `python3 hello.py` by fork and exec, and submit to result over HTTP,
/// at 1, 2 and 8 clients, in one run. Any error or refused answer voids the run.
final class ExecutionsBenchmark {
  private static final String HELLO = "print('hello')\n";
  private static final int[] CLIENTS = {1, 2, 8};
  private static final JsonMapper JSON = JsonMapper.shared();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI server;
  private final String token;

  private ExecutionsBenchmark(URI server) throws IOException, InterruptedException {
    this.server = server;
    HttpRequest login =
        HttpRequest.newBuilder(server.resolve("/api/v1/auth/login"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("username=user&password=user123"))
            .build();
    this.token = JSON.readTree(text(login, 200)).get("access_token").asString();
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    int runs = Integer.parseInt(arguments[1]);
    Path script = Files.createTempFile("hello", ".py");
    Files.writeString(script, HELLO);
    try (ServerProcess process = ServerProcess.start(Path.of(arguments[0]))) {
      ExecutionsBenchmark benchmark = new ExecutionsBenchmark(process.address());
      Load.measure(2, Math.max(20, runs / 4), benchmark::submit);
      Load.measure(2, 20, () -> bare(script));
      System.out.println(
          "clients  row                 p50 ms   p99 ms   per second   p50 / bare   rate / bare");
      for (int clients : CLIENTS) {
        Timings floor = Load.measure(clients, runs, () -> bare(script));
        Timings ours = Load.measure(clients, runs, benchmark::submit);
        print(clients, "bare python3", floor, floor);
        print(clients, "submit to result", ours, floor);
      }
    } finally {
      Files.delete(script);
    }
  }

  private static void print(int clients, String row, Timings timings, Timings floor) {
    System.out.println(
        String.format(
            Locale.ROOT,
            "%7d  %-17s %8.2f %8.2f %12.1f %12.2f %13.2f",
            clients,
            row,
            timings.medianMillis(),
            timings.p99Millis(),
            timings.perSecond(),
            timings.medianMillis() / floor.medianMillis(),
            timings.perSecond() / floor.perSecond()));
  }

  private static void bare(Path script) throws IOException, InterruptedException {
    Process process = new ProcessBuilder("/usr/bin/python3", script.toString()).start();
    byte[] output;
    try (InputStream stream = process.getInputStream()) {
      output = stream.readAllBytes();
    }
    if (process.waitFor() != 0 || !new String(output, StandardCharsets.UTF_8).equals("hello\n")) {
      throw new IOException("bare python3 failed");
    }
  }

  private void submit() throws IOException, InterruptedException {
    HttpRequest execute =
        request("/api/v1/execute")
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofString(
                    JSON.writeValueAsString(Map.of("script", HELLO, "lang", "python"))))
            .build();
    String id = JSON.readTree(text(execute, 200)).get("execution_id").asString();
    HttpRequest events = request("/api/v1/events/executions/" + id).build();
    HttpResponse<Stream<String>> response = http.send(events, BodyHandlers.ofLines());
    if (response.statusCode() != 200) {
      throw new IOException("events: status " + response.statusCode());
    }
    try (Stream<String> lines = response.body()) {
      String last =
          lines
              .filter(line -> line.startsWith("data:") && line.contains("result_stored"))
              .findFirst()
              .orElseThrow(() -> new IOException(id + ": the stream ended without a result"));
      JsonNode result = JSON.readTree(last.substring(5)).get("result");
      if (!result.get("stdout").asString().equals("hello\n")
          || !result.get("status").asString().equals("completed")) {
        throw new IOException(id + ": wrong result " + result);
      }
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.resolve(path)).header("Authorization", "Bearer " + token);
  }

  private String text(HttpRequest request, int status) throws IOException, InterruptedException {
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    if (response.statusCode() != status) {
      throw new IOException(
          request.uri() + ": status " + response.statusCode() + ": " + response.body());
    }
    return response.body();
  }
}

package dev.quarterdeck.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Hands programs over HTTP to our server, or to one that speaks Piston's API.
final class ExecutionClient {
  static {
    // So many connections are kept for further calls; each client has one.
    System.setProperty("http.maxConnections", "64");
  }

  private static final JsonMapper JSON = JsonMapper.shared();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI server;
  private final String token;

  private ExecutionClient(URI server, String token) {
    this.server = server;
    this.token = token;
  }

  /// Logs in as the seeded user.
  static ExecutionClient login(URI server) throws IOException, InterruptedException {
    ExecutionClient anonymous = new ExecutionClient(server, "");
    HttpRequest login =
        HttpRequest.newBuilder(server.resolve("/api/v1/auth/login"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("username=user&password=user123"))
            .build();
    JsonNode answer = JSON.readTree(anonymous.text(login, 200));
    return new ExecutionClient(server, answer.get("access_token").asString());
  }

  static ExecutionClient piston(URI server) {
    return new ExecutionClient(server, "");
  }

  /// One call that waits for the result. It blocks on one kept connection per thread: the client
  /// shares the processors with what it measures, and this is the client that takes least of them.
  void runAndWait(HelloWorld hello) throws IOException {
    URI address = server.resolve("/api/v1/execute?wait=true");
    HttpURLConnection call = (HttpURLConnection) address.toURL().openConnection();
    call.setRequestProperty("Authorization", "Bearer " + token);
    call.setRequestProperty("Content-Type", "application/json");
    call.setDoOutput(true);
    byte[] body = body(hello).getBytes(StandardCharsets.UTF_8);
    call.setFixedLengthStreamingMode(body.length);
    try (OutputStream out = call.getOutputStream()) {
      out.write(body);
    }
    if (call.getResponseCode() != 200) {
      throw new IOException(address + ": status " + call.getResponseCode());
    }
    try (InputStream in = call.getInputStream()) {
      check(hello, JSON.readTree(in.readAllBytes()));
    }
  }

  /// Submits, then follows the event stream to the result.
  void submitAndWatch(HelloWorld hello) throws IOException, InterruptedException {
    HttpRequest execute =
        request("/api/v1/execute")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body(hello)))
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
      check(hello, JSON.readTree(last.substring(5)).get("result"));
    }
  }

  /// Piston's one call.
  void pistonExecute(HelloWorld hello) throws IOException, InterruptedException {
    Map<String, Object> body =
        Map.of(
            "language",
            hello.pistonName(),
            "version",
            "*",
            "files",
            List.of(Map.of("name", hello.fileName(), "content", hello.source())));
    HttpRequest execute =
        request("/api/v2/execute")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build();
    JsonNode run = JSON.readTree(text(execute, 200)).get("run");
    if (!run.get("stdout").asString().equals("hello\n")) {
      throw new IOException(server + ": wrong result " + run);
    }
  }

  private static String body(HelloWorld hello) {
    return JSON.writeValueAsString(Map.of("script", hello.source(), "lang", hello.language()));
  }

  private static void check(HelloWorld hello, JsonNode result) throws IOException {
    if (!result.get("stdout").asString().equals("hello\n")
        || !result.get("status").asString().equals("completed")) {
      throw new IOException(hello.language() + ": wrong result " + result);
    }
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path));
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
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

package dev.quarterdeck.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Speaks HTTP to a server as a program of a user would, with a Bearer token once logged in.
/// Immutable.
public final class TestClient {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI address;
  private final String token;

  TestClient(URI address) {
    this(address, "");
  }

  private TestClient(URI address, String token) {
    this.address = address;
    this.token = token;
  }

  /// The same client with the token of a login.
  public TestClient login(String username, String password)
      throws IOException, InterruptedException {
    return withToken(
        tryLogin(username, password).expect(200).json().get("access_token").asString());
  }

  /// The answer to a login.
  public Answer tryLogin(String username, String password)
      throws IOException, InterruptedException {
    return send(
        request("/api/v1/auth/login")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("username=" + username + "&password=" + password)));
  }

  /// The same client with a token.
  public TestClient withToken(String bearer) {
    return new TestClient(address, bearer);
  }

  /// The Bearer token, empty when not logged in.
  public String token() {
    return token;
  }

  /// Sends GET.
  public Answer get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  /// Sends DELETE.
  public Answer delete(String path) throws IOException, InterruptedException {
    return send(request(path).DELETE());
  }

  /// Sends POST with a JSON body; headers as name, value, name, value.
  public Answer post(String path, Object body, String... headers)
      throws IOException, InterruptedException {
    return send(
        with(request(path), headers)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
  }

  /// Sends POST with a body as it stands.
  public Answer postText(String path, String contentType, String body)
      throws IOException, InterruptedException {
    return send(
        request(path).header("Content-Type", contentType).POST(BodyPublishers.ofString(body)));
  }

  /// Submits a program and answers the id of its execution.
  public String execute(String language, String script) throws IOException, InterruptedException {
    return post("/api/v1/execute", Map.of("lang", language, "script", script))
        .expect(200)
        .json()
        .get("execution_id")
        .asString();
  }

  /// The lines of an execution's event stream, as they come.
  public Stream<String> events(String id, String... headers)
      throws IOException, InterruptedException {
    HttpResponse<Stream<String>> response =
        http.send(
            with(request("/api/v1/events/executions/" + id), headers).build(),
            BodyHandlers.ofLines());
    if (response.statusCode() != 200) {
      throw new IOException("events: status " + response.statusCode());
    }
    return response.body();
  }

  /// The result of an execution, awaited through its event stream.
  public JsonNode result(String id) throws IOException, InterruptedException {
    try (Stream<String> lines = events(id)) {
      Optional<String> last =
          lines
              .filter(line -> line.startsWith("data:") && line.contains("result_stored"))
              .findFirst();
      return JSON.readTree(last.orElseThrow().substring(5)).get("result");
    }
  }

  /// Runs a program to its end.
  public JsonNode run(String language, String script) throws IOException, InterruptedException {
    return result(execute(language, script));
  }

  /// A request to this server with the credentials, for what the other methods do not cover.
  public HttpRequest.Builder request(String path) {
    HttpRequest.Builder builder = HttpRequest.newBuilder(address.resolve(path)).timeout(PATIENCE);
    return token.isEmpty() ? builder : builder.header("Authorization", "Bearer " + token);
  }

  /// Sends a request.
  public Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return new Answer(http.send(request.build(), BodyHandlers.ofString()));
  }

  private static HttpRequest.Builder with(HttpRequest.Builder builder, String... headers) {
    return headers.length == 0 ? builder : builder.headers(headers);
  }

  /// An answer of the server.
  public record Answer(HttpResponse<String> response) {
    public int status() {
      return response.statusCode();
    }

    public String text() {
      return response.body();
    }

    public JsonNode json() {
      return JSON.readTree(response.body());
    }

    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    /// This answer, if its status is the expected one.
    public Answer expect(int status) {
      if (status() != status) {
        throw new AssertionError(
            "%s: status %d (expected: %d): %s".formatted(response.uri(), status(), status, text()));
      }
      return this;
    }
  }
}

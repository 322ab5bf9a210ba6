package dev.quarterdeck.executions.http;

import dev.quarterdeck.executions.FakeSandbox;
import dev.quarterdeck.executions.Fixture;
import dev.quarterdeck.http.HttpOptions;
import dev.quarterdeck.http.HttpServer;
import dev.quarterdeck.http.Principal;
import dev.quarterdeck.http.ProtectionSettings;
import dev.quarterdeck.http.Request;
import dev.quarterdeck.http.ServerSettings;
import dev.quarterdeck.http.WebSettings;
import dev.quarterdeck.runtime.Problem;
import dev.quarterdeck.settings.units.RateLimits;
import dev.quarterdeck.testing.TestClock;
import dev.quarterdeck.testing.openapi.OpenApiDocument;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Executions behind a real server on a free port. The tokens `anna` and `bert` are users, `root`
/// is an administrator, `reader` is anna with a token that may only read. Every answer is compared
/// with the documented API.
final class Api implements AutoCloseable {
  private static final OpenApiDocument DOCUMENT = OpenApiDocument.executions();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  final Fixture fixture;
  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  Api(Path directory, FakeSandbox sandbox, Fixture.Options options) {
    TestClock clock = TestClock.atNoon();
    fixture = new Fixture(directory, sandbox, clock, options);
    server =
        HttpServer.start(
            Routes.of(fixture.executions, clock),
            new WebSettings(4, 4, Duration.ofSeconds(60), 64),
            new ServerSettings("localhost", 0),
            new ProtectionSettings(
                new RateLimits(List.of(), ""), false, List.of(), List.of(), false),
            Api::authenticate,
            HttpOptions.defaults());
  }

  Api(Path directory, FakeSandbox sandbox) {
    this(directory, sandbox, Fixture.Options.defaults());
  }

  private static Optional<Principal> authenticate(Request request) {
    return request.header("Authorization").map(Api::principal);
  }

  private static Principal principal(String header) {
    return switch (header) {
      case "Bearer anna" -> user("u-anna", "anna", false, "*");
      case "Bearer reader" -> user("u-anna", "anna", false, Callers.READ);
      case "Bearer bert" -> user("u-bert", "bert", false, "*");
      case "Bearer root" -> user("u-root", "root", true, "*");
      default -> throw new Problem.Unauthenticated("token_invalid", "Invalid token").raise();
    };
  }

  private static Principal user(String id, String name, boolean admin, String scope) {
    return new Principal(id, name, admin, Set.of(scope), Principal.Via.BEARER);
  }

  /// An answer, already found to be as documented.
  record Answer(int status, String text, HttpResponse<?> response) {
    JsonNode json() {
      return JsonMapper.shared().readTree(text);
    }

    String at(String field) {
      return json().path(field).asString("");
    }
  }

  Answer get(String token, String path) {
    return send(token, "GET", path, "");
  }

  Answer post(String token, String path, String body, String... headers) {
    return send(token, "POST", path, body, headers);
  }

  Answer delete(String token, String path) {
    return send(token, "DELETE", path, "");
  }

  private Answer send(String token, String method, String path, String body, String... headers) {
    HttpRequest.Builder request = request(token, path);
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try {
      HttpResponse<String> response =
          client.send(
              request.method(method, BodyPublishers.ofString(body)).build(),
              BodyHandlers.ofString());
      if (!path.matches("/api/v1/executions/[^/]*") || !method.equals("GET")) {
        DOCUMENT.assertMatches(method, path, response.statusCode(), response.body());
      }
      return new Answer(response.statusCode(), response.body(), response);
    } catch (IOException | InterruptedException broken) {
      throw new AssertionError(method + " " + path, broken);
    }
  }

  private HttpRequest.Builder request(String token, String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path))
            .timeout(PATIENCE);
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  /// Submits a program of the caller `anna` and answers its id.
  String submit(String source) {
    Answer answer =
        post(
            "anna",
            "/api/v1/execute",
            JsonMapper.shared().createObjectNode().put("script", source).toString());
    if (answer.status() != 200) {
      throw new AssertionError(answer.text());
    }
    return answer.at("execution_id");
  }

  /// Opens the stream of an execution.
  Stream<String> lines(String token, String id, String... headers) {
    HttpRequest.Builder request = request(token, "/api/v1/events/executions/" + id);
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return client.send(request.build(), BodyHandlers.ofLines()).body();
    } catch (IOException | InterruptedException broken) {
      throw new AssertionError("stream of " + id, broken);
    }
  }

  /// Reads the stream of an execution until its end; messages without a name are compared with the
  /// documented shape.
  List<Sse> stream(String id, String... headers) {
    try (Stream<String> lines = lines("anna", id, headers)) {
      List<Sse> all = Sse.parse(lines.toList());
      for (Sse event : all) {
        if (event.name().isEmpty()) {
          List<String> differences =
              DOCUMENT.schemaDifferences("SSEExecutionEventSchema", event.data().toString());
          if (!differences.isEmpty()) {
            throw new AssertionError(differences + " in " + event.data());
          }
        }
      }
      return all;
    }
  }

  @Override
  public void close() {
    server.close();
    client.shutdownNow();
    fixture.close();
  }
}

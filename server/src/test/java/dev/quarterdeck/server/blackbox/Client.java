package dev.quarterdeck.server.blackbox;

import dev.quarterdeck.testing.openapi.OpenApiDocument;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Speaks HTTP to a server as a program of a user would. Every answer is compared with the
/// documented API of executions, or with what the server documents. Immutable, safe for all
/// threads.
final class Client {
  private static final OpenApiDocument EXECUTIONS = OpenApiDocument.executions();
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final URI address;
  private final String token;
  private final OpenApiDocument document;

  Client(URI address) {
    this(address, "", EXECUTIONS);
  }

  private Client(URI address, String token, OpenApiDocument document) {
    this.address = address;
    this.token = token;
    this.document = document;
  }

  /// An answer, already found to be as documented.
  ///
  /// @param type of the content, empty for none
  record Answer(String request, int status, String type, String text) {
    JsonNode json() {
      return JSON.readTree(text);
    }

    String at(String field) {
      return json().path(field).asString("");
    }

    /// This answer, if its status is the expected one.
    Answer expect(int expected) {
      if (status != expected) {
        throw new AssertionError(
            "%s: status %d (expected: %d): %s".formatted(request, status, expected, text));
      }
      return this;
    }
  }

  /// The connection failed: the server is gone, say.
  static final class Unreachable extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unreachable(String request, Throwable cause) {
      super(request + ": " + cause, cause);
    }
  }

  Client login(String username, String password) {
    Answer answer =
        send(
            "POST",
            "/api/v1/auth/login",
            "username=" + username + "&password=" + password,
            "Content-Type",
            "application/x-www-form-urlencoded");
    return withToken(answer.expect(200).at("access_token"));
  }

  Client withToken(String bearer) {
    return new Client(address, bearer, document);
  }

  /// The same user at another server.
  Client at(URI other) {
    return new Client(other, token, document);
  }

  /// The same user, whose answers are compared with the server's own document.
  Client documentedByTheServer() {
    Answer own = exchange("GET", "/api/v1/openapi.json", "").expect(200);
    return new Client(address, token, OpenApiDocument.parse(own.text()));
  }

  URI address() {
    return address;
  }

  String token() {
    return token;
  }

  Answer get(String path) {
    return send("GET", path, "");
  }

  /// Sends a JSON value; headers as name, value, name, value.
  Answer post(String path, Object body, String... headers) {
    String[] all = new String[headers.length + 2];
    System.arraycopy(headers, 0, all, 2, headers.length);
    all[0] = "Content-Type";
    all[1] = "application/json";
    return send("POST", path, JSON.writeValueAsString(body), all);
  }

  /// Submits a program and answers the id of its execution.
  String execute(String language, String script) {
    return post("/api/v1/execute", Map.of("lang", language, "script", script))
        .expect(200)
        .at("execution_id");
  }

  /// The result of an execution as it is now.
  JsonNode result(String id) {
    return get("/api/v1/executions/" + id + "/result").expect(200).json();
  }

  /// The events of an execution until now.
  JsonNode events(String id) {
    return get("/api/v1/executions/" + id + "/events").expect(200).json();
  }

  /// The live stream of an execution.
  EventStream stream(String id, String... headers) {
    String path = "/api/v1/events/executions/" + id;
    try {
      return new EventStream(
          HTTP.send(request("GET", path, "", headers).build(), BodyHandlers.ofInputStream()));
    } catch (IOException broken) {
      throw new Unreachable("GET " + path, broken);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  /// Waits for the end of an execution; answers its result.
  JsonNode await(String id) {
    try (EventStream stream = stream(id)) {
      while (stream.next().isPresent()) {
        // Its last event is the result, which the route shows too.
      }
    }
    return result(id);
  }

  /// Sends any request.
  Answer send(String method, String path, String body, String... headers) {
    Answer answer = exchange(method, path, body, headers);
    if (!answer.type().startsWith("text/")) {
      document.assertMatches(method, path, answer.status(), answer.text());
    }
    return answer;
  }

  private Answer exchange(String method, String path, String body, String... headers) {
    String what = method + " " + path;
    try {
      HttpResponse<String> response =
          HTTP.send(request(method, path, body, headers).build(), BodyHandlers.ofString());
      String type = response.headers().firstValue("Content-Type").orElse("");
      return new Answer(what, response.statusCode(), type, response.body());
    } catch (IOException broken) {
      throw new Unreachable(what, broken);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  private HttpRequest.Builder request(String method, String path, String body, String... headers) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(address.resolve(path))
            .timeout(PATIENCE)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (headers.length > 0) {
      builder.headers(headers);
    }
    return token.isEmpty() ? builder : builder.header("Authorization", "Bearer " + token);
  }
}

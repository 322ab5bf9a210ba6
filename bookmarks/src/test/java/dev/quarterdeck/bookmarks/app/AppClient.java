package dev.quarterdeck.bookmarks.app;

import dev.quarterdeck.testing.Awaiting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Speaks HTTP with a token, `Token` as linkding's clients do. Immutable.
public final class AppClient {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI address;
  private final String token;

  AppClient(URI address, String token) {
    this.address = address;
    this.token = token;
  }

  /// A request with the credentials, none when the token is empty.
  public HttpRequest.Builder request(String path) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(address.resolve(path)).timeout(Duration.ofSeconds(60));
    return token.isEmpty() ? builder : builder.header("Authorization", "Token " + token);
  }

  public Answer send(HttpRequest.Builder request) {
    try {
      return new Answer(HTTP.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException failure) {
      throw new AssertionError(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  public Answer get(String path) {
    return send(request(path).GET());
  }

  public Answer delete(String path) {
    return send(request(path).DELETE());
  }

  public Answer post(String path, String json) {
    return json("POST", path, json);
  }

  public Answer put(String path, String json) {
    return json("PUT", path, json);
  }

  public Answer patch(String path, String json) {
    return json("PATCH", path, json);
  }

  private Answer json(String method, String path, String json) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(json)));
  }

  /// Sends a text as a file.
  public Answer upload(String path, String text) {
    return send(
        request(path)
            .header("Content-Type", "application/octet-stream")
            .POST(BodyPublishers.ofString(text)));
  }

  /// Sends a file.
  public Answer upload(String path, Path file) {
    try {
      return send(
          request(path)
              .header("Content-Type", "application/octet-stream")
              .POST(BodyPublishers.ofFile(file)));
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  /// The job that an answer tells of, once it has ended.
  public JsonNode ended(Answer accepted) {
    String location = accepted.expect(202).header("Location");
    Awaiting.until("the job has ended", () -> done(get(location).json()));
    return get(location).json();
  }

  private static boolean done(JsonNode job) {
    return Set.of("completed", "failed", "cancelled").contains(job.get("state").asString());
  }

  /// An answer.
  public record Answer(HttpResponse<String> response) {
    public int status() {
      return response.statusCode();
    }

    public String text() {
      return response.body();
    }

    public JsonNode json() {
      return JsonMapper.shared().readTree(response.body());
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

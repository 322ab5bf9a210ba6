package dev.quarterdeck.bookmarks.http;

import dev.quarterdeck.bookmarks.BookmarkKinds;
import dev.quarterdeck.bookmarks.BookmarksSlice;
import dev.quarterdeck.bookmarks.TestSettings;
import dev.quarterdeck.bookmarks.WordSearch;
import dev.quarterdeck.events.EventOrigin;
import dev.quarterdeck.http.HttpOptions;
import dev.quarterdeck.http.HttpServer;
import dev.quarterdeck.http.OpenApi;
import dev.quarterdeck.http.Principal;
import dev.quarterdeck.http.ProtectionSettings;
import dev.quarterdeck.http.Request;
import dev.quarterdeck.http.Route;
import dev.quarterdeck.http.ServerSettings;
import dev.quarterdeck.http.WebSettings;
import dev.quarterdeck.runtime.Problem;
import dev.quarterdeck.settings.units.RateLimits;
import dev.quarterdeck.store.sqlite.SqliteStore;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The routes behind a real server on a free port, over a real store. The tokens `anna` and `bert`
/// are users, `reader` is anna with a token that may only read. Every answer is compared with the
/// OpenAPI document of the routes.
final class Api implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  final TestClock clock = TestClock.atNoon();
  final BookmarksSlice slice;
  private final SqliteStore store;
  private final HttpServer server;
  private final OpenApiDocument document;
  private final HttpClient client = HttpClient.newHttpClient();

  Api(Path directory) {
    store = SqliteStore.open(directory, "test", BookmarkKinds.ALL, clock);
    slice =
        new BookmarksSlice(
            TestSettings.usual(),
            store.documents(),
            store.journal(BookmarkKinds.AREA),
            new EventOrigin("test", "1", "test"),
            clock,
            WordSearch::new);
    slice.start();
    List<Route> routes = new ArrayList<>(BookmarkRoutes.of(slice));
    routes.add(new OpenApi("1", BookmarkRoutes.schemas()).route(routes));
    server =
        HttpServer.start(
            routes,
            new WebSettings(4, 4, Duration.ofSeconds(60), 64),
            new ServerSettings("localhost", 0),
            new ProtectionSettings(
                new RateLimits(List.of(), ""), false, List.of(), List.of(), false),
            Api::authenticate,
            HttpOptions.defaults());
    document = OpenApiDocument.parse(raw("anna", "GET", "/api/v1/openapi.json", "").text());
  }

  private static Optional<Principal> authenticate(Request request) {
    return request.header("Authorization").map(Api::principal);
  }

  private static Principal principal(String header) {
    return switch (header) {
      case "Bearer anna" -> user("u-anna", "anna", "*");
      case "Bearer reader" -> user("u-anna", "anna", "bookmarks:read");
      case "Bearer bert" -> user("u-bert", "bert", "*");
      default -> throw new Problem.Unauthenticated("token_invalid", "Invalid token").raise();
    };
  }

  private static Principal user(String id, String name, String scope) {
    return new Principal(id, name, false, Set.of(scope), Principal.Via.BEARER);
  }

  /// An answer, already found to be as documented.
  record Answer(int status, String text, HttpResponse<?> response) {
    JsonNode json() {
      return JsonMapper.shared().readTree(text);
    }

    String at(String field) {
      return json().path(field).asString("");
    }

    String error() {
      return at("error");
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    Answer expect(int expected) {
      if (status != expected) {
        throw new AssertionError("status %d (expected: %d): %s".formatted(status, expected, text));
      }
      return this;
    }
  }

  Answer get(String token, String path, String... headers) {
    return send(token, "GET", path, "", headers);
  }

  Answer post(String token, String path, Object body, String... headers) {
    return send(token, "POST", path, JsonMapper.shared().writeValueAsString(body), headers);
  }

  Answer post(String token, String path) {
    return send(token, "POST", path, "");
  }

  Answer put(String token, String path, Object body) {
    return send(token, "PUT", path, JsonMapper.shared().writeValueAsString(body));
  }

  Answer patch(String token, String path, Object body, String... headers) {
    return send(token, "PATCH", path, JsonMapper.shared().writeValueAsString(body), headers);
  }

  Answer delete(String token, String path, String... headers) {
    return send(token, "DELETE", path, "", headers);
  }

  Answer send(String token, String method, String path, String body, String... headers) {
    Answer answer = raw(token, method, path, body, headers);
    if (path.startsWith("/api/")) {
      boolean v1 = path.startsWith("/api/v1/");
      if (v1 || answer.status() < 400) {
        document.assertMatches(method, path, answer.status(), answer.text());
      } else if (answer.error().isEmpty()) {
        throw new AssertionError(method + " " + path + ": no error in " + answer.text());
      }
    }
    return answer;
  }

  Answer raw(String token, String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path))
            .timeout(PATIENCE);
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
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
      return new Answer(response.statusCode(), response.body(), response);
    } catch (IOException | InterruptedException broken) {
      throw new AssertionError(method + " " + path, broken);
    }
  }

  /// Makes a bookmark of anna through the seed's API, and answers its id.
  String make(String url, String title, String... tags) {
    clock.advance(Duration.ofSeconds(1));
    Map<String, Object> body = Map.of("url", url, "title", title, "tags", List.of(tags));
    return post("anna", "/api/bookmarks", body).expect(201).at("id");
  }

  @Override
  public void close() {
    server.close();
    client.shutdownNow();
    slice.close();
    store.close();
  }
}

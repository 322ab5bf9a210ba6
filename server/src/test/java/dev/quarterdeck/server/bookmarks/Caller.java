package dev.quarterdeck.server.bookmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.server.TestClient;
import dev.quarterdeck.server.TestClient.Answer;
import dev.quarterdeck.server.TestServer;
import dev.quarterdeck.testing.openapi.OpenApiDocument;
import java.io.IOException;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Somebody with bookmarks. Every good answer is compared with what the server documents.
record Caller(TestClient client, OpenApiDocument document) {
  static final String SEARCH = "/api/v1/bookmarks/search";
  static final String BULK = "/api/v1/bookmarks/bulk";

  static Caller user(TestServer server) throws IOException, InterruptedException {
    return of(server.user());
  }

  static Caller admin(TestServer server) throws IOException, InterruptedException {
    return of(server.admin());
  }

  private static Caller of(TestClient client) throws IOException, InterruptedException {
    String text = client.get("/api/v1/openapi.json").expect(200).text();
    return new Caller(client, OpenApiDocument.parse(text));
  }

  /// Saves a bookmark; answers its id.
  String save(String url, String title, String... tags) throws IOException, InterruptedException {
    Map<String, Object> body = new HashMap<>(Map.of("url", url, "title", title));
    body.put("tags", List.of(tags));
    return client.post("/api/bookmarks", body).expect(201).json().get("id").asString();
  }

  /// The good answer to GET.
  JsonNode get(String path) throws IOException, InterruptedException {
    return documented("GET", path, client.get(path).expect(200));
  }

  /// The good answer to POST.
  JsonNode post(String path, Object body, int status) throws IOException, InterruptedException {
    return documented("POST", path, client.post(path, body).expect(status));
  }

  /// The answer to a search; parameters as they stand in an address.
  Answer ask(String query, String parameters) throws IOException, InterruptedException {
    return client.get(SEARCH + "?q=" + URLEncoder.encode(query, UTF_8) + parameters);
  }

  /// What a search finds; parameters as they stand in an address.
  JsonNode search(String query, String parameters) throws IOException, InterruptedException {
    return documented("GET", SEARCH, ask(query, parameters).expect(200));
  }

  /// The titles of what a search finds, in order.
  List<String> titles(String query, String parameters) throws IOException, InterruptedException {
    List<String> titles = new ArrayList<>();
    search(query, parameters)
        .get("bookmarks")
        .forEach(bookmark -> titles.add(bookmark.get("title").asString()));
    return titles;
  }

  private JsonNode documented(String method, String path, Answer answer) {
    assertThat(document.differences(method, path, answer.status(), answer.text())).isEmpty();
    return answer.json();
  }
}

package dev.quarterdeck.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Speaks to the bookmarks of a server over HTTP, logged in. Any answer but the expected one ends
/// the measurement.
final class BookmarkClient {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final URI server;
  private final String token;

  BookmarkClient(URI server) throws IOException, InterruptedException {
    this.server = server;
    HttpRequest login =
        HttpRequest.newBuilder(server.resolve("/api/v1/auth/login"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("username=user&password=user123"))
            .build();
    this.token = send(login, 200).get("access_token").asString();
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    return send(request(path).build(), 200);
  }

  /// A page of a search: the first fifty, and how many there are.
  JsonNode search(String query) throws IOException, InterruptedException {
    return get(
        "/api/v1/bookmarks/search?limit=50&q=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
  }

  void create(GeneratedBookmarks.Entry entry) throws IOException, InterruptedException {
    String body =
        JSON.writeValueAsString(
            Map.of("url", entry.url(), "title", entry.title(), "description", entry.description()));
    HttpRequest request =
        request("/api/bookmarks")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    var unused = send(request, 201);
  }

  /// The first number from which on no generated bookmark is here: runs before made some.
  int firstUnused(GeneratedBookmarks generated, int from) throws IOException, InterruptedException {
    int step = 1_000;
    int number = from;
    while (true) {
      String url = generated.entry(number + 1, from).url();
      String slug = url.substring(url.lastIndexOf('/') + 1);
      if (search(slug).get("total").asLong() == 0) {
        return number;
      }
      number += step;
    }
  }

  /// Imports a file and waits until the job has ended; answers how many bookmarks were made.
  long importFile(Path file) throws IOException, InterruptedException {
    HttpRequest upload =
        request("/api/v1/bookmarks/imports?format=netscape&folders=ignore")
            .header("Content-Type", "text/html")
            .POST(BodyPublishers.ofFile(file))
            .build();
    String id = send(upload, 202).get("id").asString();
    while (true) {
      JsonNode job = get("/api/v1/bookmarks/imports/" + id);
      switch (job.get("state").asString()) {
        case "completed" -> {
          return job.get("done").asLong();
        }
        case "failed", "cancelled" -> throw new IOException("import: " + job);
        default -> Thread.sleep(100);
      }
    }
  }

  /// Waits until the index has taken in everything.
  void awaitIndex() throws IOException, InterruptedException {
    while (true) {
      var unused = search("nothing-of-this-kind");
      JsonNode index = get("/api/v1/bookmarks/search/index");
      if (index.get("state").asString().equals("ready") && index.get("behind").asLong() == 0) {
        return;
      }
      Thread.sleep(50);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.resolve(path)).header("Authorization", "Bearer " + token);
  }

  private static JsonNode send(HttpRequest request, int status)
      throws IOException, InterruptedException {
    HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
    if (response.statusCode() != status) {
      throw new IOException(
          request.uri() + ": status " + response.statusCode() + ": " + response.body());
    }
    return JSON.readTree(response.body());
  }
}

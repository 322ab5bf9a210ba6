package dev.quarterdeck.server.bookmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.server.TestClient;
import dev.quarterdeck.server.TestServer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Who may read and change bookmarks: nobody without a login in production, and a token only what
/// it was made for.
class BookmarkAccessTest {
  private static final List<String> READ =
      List.of(
          "/api/bookmarks",
          "/api/bookmarks/search?q=a",
          "/api/tags",
          "/api/collections",
          "/api/v1/bookmarks",
          "/api/v1/bookmarks/search?q=a",
          "/api/v1/bookmarks/bulk",
          "/api/v1/bookmarks/imports",
          "/api/v1/bookmarks/exports",
          "/linkding/api/bookmarks/",
          "/linkding/api/tags/");

  private static final Map<String, Object> ORDER =
      Map.of("action", "trash", "ids", List.of("000000000000"));
  private static final Map<String, Map<String, Object>> CHANGED =
      Map.of(
          "/api/bookmarks", Map.of("url", "https://a.example/", "title", "a"),
          "/api/tags", Map.of("name", "a"),
          "/api/v1/bookmarks", Map.of("url", "https://b.example/"),
          "/api/v1/bookmarks/bulk", ORDER,
          "/linkding/api/bookmarks/", Map.of("url", "https://c.example/"));

  @Test
  void needsALoginInProduction() throws Exception {
    Map<String, String> secret = Map.of("SECRET_KEY", "a production key of forty characters 1234");
    try (TestServer strict = TestServer.start(secret, "PROFILE=production")) {
      TestClient nobody = strict.client();
      for (String path : READ) {
        assertThat(nobody.get(path).status()).as("GET %s", path).isEqualTo(401);
      }
      for (Map.Entry<String, Map<String, Object>> change : CHANGED.entrySet()) {
        assertThat(nobody.post(change.getKey(), change.getValue()).status())
            .as("POST %s", change.getKey())
            .isEqualTo(401);
      }
      assertThat(nobody.get("/api/v1/bookmarks/search?q=a").json().get("code").asString())
          .isNotEmpty();
    }
  }

  @Test
  void aTokenMayDoWhatItWasMadeFor() throws Exception {
    try (TestServer server = TestServer.start()) {
      TestClient reader = withToken(server, "bookmarks:read");
      TestClient writer = withToken(server, "bookmarks:read", "bookmarks:write");
      TestClient other = withToken(server, "executions:read", "executions:write");
      for (String path : READ) {
        assertThat(reader.get(path).status()).as("reader: GET %s", path).isEqualTo(200);
        assertThat(other.get(path).status()).as("other: GET %s", path).isEqualTo(403);
      }
      for (Map.Entry<String, Map<String, Object>> change : CHANGED.entrySet()) {
        String path = change.getKey();
        assertThat(reader.post(path, change.getValue()).status())
            .as("reader: POST %s", path)
            .isEqualTo(403);
        assertThat(other.post(path, change.getValue()).status())
            .as("other: POST %s", path)
            .isEqualTo(403);
        assertThat(writer.post(path, change.getValue()).status())
            .as("writer: POST %s", path)
            .isIn(201, 202);
      }
      assertThat(reader.post("/api/v1/bookmarks", Map.of("url", "https://d.example/")).text())
          .contains("bookmarks:write");
      assertThat(server.user().get("/api/bookmarks").json().get("total").asInt()).isEqualTo(3);
    }
  }

  private static TestClient withToken(TestServer server, String... scopes)
      throws IOException, InterruptedException {
    String secret =
        server
            .user()
            .post("/api/v1/auth/tokens", Map.of("name", scopes[0], "scopes", List.of(scopes)))
            .expect(201)
            .json()
            .get("secret")
            .asString();
    return server.client().withToken(secret);
  }
}

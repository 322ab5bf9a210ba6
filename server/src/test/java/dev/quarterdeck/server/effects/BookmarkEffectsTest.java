package dev.quarterdeck.server.effects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.server.TestClient;
import dev.quarterdeck.server.TestServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Lists and the cache of bookmarks.
class BookmarkEffectsTest {
  private static TestServer usual;
  private static TestServer other;
  private static TestServer off;

  @BeforeAll
  static void start() throws Exception {
    usual = TestServer.start();
    other =
        TestServer.start(
            "PAGE_SIZE=3",
            "MAX_PAGE_SIZE=4",
            "CACHE_TTL_SECONDS=0",
            "CACHE_MAX_ENTRIES=2",
            "CACHE_EVICTION=tinylfu");
    off = TestServer.start("CACHE_MAX_ENTRIES=0");
    for (TestServer server : List.of(usual, other, off)) {
      for (int i = 0; i < 6; i++) {
        make(server.user(), i);
      }
    }
  }

  @AfterAll
  static void stop() throws Exception {
    usual.close();
    other.close();
    off.close();
  }

  @Test
  @Observes("PAGE_SIZE")
  void listsSoManyUnlessAskedOtherwise() throws IOException, InterruptedException {
    assertThat(listed(usual.user(), "")).isEqualTo(5);
    assertThat(listed(other.user(), "")).isEqualTo(3);
    assertThat(listed(other.user(), "?per_page=2")).isEqualTo(2);
  }

  @Test
  @Observes("MAX_PAGE_SIZE")
  void refusesLongerPages() throws IOException, InterruptedException {
    assertThat(listed(usual.user(), "?per_page=100")).isEqualTo(6);
    assertThat(usual.user().get("/api/bookmarks?per_page=101").expect(400).text())
        .contains("per_page: 101 (expected: a whole number from 1 to 100)");
    assertThat(listed(other.user(), "?per_page=4")).isEqualTo(4);
    assertThat(other.user().get("/api/bookmarks?per_page=5").expect(400).text())
        .contains("per_page: 5 (expected: a whole number from 1 to 4)");
    assertThat(other.user().get("/api/bookmarks/search?q=a&limit=5").expect(400).text())
        .contains("limit: 5 (expected: a whole number from 1 to 4)");
  }

  @Test
  @Observes("CACHE_TTL_SECONDS")
  void asksTheStoreAgainWhenTheTimeIsOver() throws IOException, InterruptedException {
    assertThat(gained(usual.user(), "hits")).isEqualTo(2);
    assertThat(gained(other.user(), "hits")).isZero();
    assertThat(limits(usual.user()).get("ttl_seconds").asInt()).isEqualTo(300);
    assertThat(limits(other.user()).get("ttl_seconds").asInt()).isZero();
  }

  @Test
  @Observes("CACHE_MAX_ENTRIES")
  void keepsSoManyEntries() throws IOException, InterruptedException {
    readAll(usual.user());
    readAll(other.user());
    readAll(off.user());
    assertThat(statistics(usual.user()).get("size").asInt()).isEqualTo(6);
    assertThat(statistics(other.user()).get("size").asInt()).isLessThanOrEqualTo(2);
    assertThat(statistics(off.user()).get("size").asInt()).isZero();
    assertThat(statistics(off.user()).get("misses").asInt()).isZero();
    assertThat(limits(usual.user()).get("max_entries").asInt()).isEqualTo(1_024);
    assertThat(limits(other.user()).get("max_entries").asInt()).isEqualTo(2);
  }

  @Test
  @Observes("CACHE_EVICTION")
  void keepsTheLastReadOrTheOftenRead() throws Exception {
    assertThat(survivesScan("lru")).isFalse();
    assertThat(survivesScan("tinylfu")).isTrue();
  }

  /// Whether an entry that was read often is still there after many that were read once.
  private static boolean survivesScan(String eviction) throws Exception {
    try (TestServer server =
        TestServer.start("CACHE_MAX_ENTRIES=20", "CACHE_EVICTION=" + eviction)) {
      TestClient user = server.user();
      String often = make(user, 1_000);
      List<String> once = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        once.add(make(user, i));
      }
      for (String id : once.subList(0, 20)) {
        user.get("/api/bookmarks/" + id).expect(200);
      }
      for (int i = 0; i < 10; i++) {
        user.get("/api/bookmarks/" + often).expect(200);
      }
      for (String id : once.subList(20, 60)) {
        user.get("/api/bookmarks/" + id).expect(200);
      }
      assertThat(limits(user).get("eviction").asString()).isEqualTo(eviction);
      long before = statistics(user).get("hits").asLong();
      user.get("/api/bookmarks/" + often).expect(200);
      return statistics(user).get("hits").asLong() > before;
    }
  }

  private static String make(TestClient client, int number)
      throws IOException, InterruptedException {
    return client
        .post(
            "/api/bookmarks",
            Map.of("url", "https://example.com/" + number, "title", "Page " + number))
        .expect(201)
        .json()
        .get("id")
        .asString();
  }

  private static int listed(TestClient client, String query)
      throws IOException, InterruptedException {
    return client.get("/api/bookmarks" + query).expect(200).json().get("bookmarks").size();
  }

  private static void readAll(TestClient client) throws IOException, InterruptedException {
    for (int page = 1; page <= 6; page++) {
      JsonNode list =
          client.get("/api/bookmarks?per_page=1&page=" + page).expect(200).json().get("bookmarks");
      client.get("/api/bookmarks/" + list.get(0).get("id").asString()).expect(200);
    }
  }

  /// What a count gains when one bookmark is read three times.
  private static long gained(TestClient client, String count)
      throws IOException, InterruptedException {
    String id =
        client.get("/api/bookmarks?per_page=1").json().get("bookmarks").get(0).get("id").asString();
    client.get("/api/bookmarks/" + id).expect(200);
    long before = statistics(client).get(count).asLong();
    client.get("/api/bookmarks/" + id).expect(200);
    client.get("/api/bookmarks/" + id).expect(200);
    return statistics(client).get(count).asLong() - before;
  }

  private static JsonNode statistics(TestClient client) throws IOException, InterruptedException {
    return client.get("/api/v1/bookmarks/cache").expect(200).json();
  }

  private static JsonNode limits(TestClient client) throws IOException, InterruptedException {
    return statistics(client).get("limits");
  }
}

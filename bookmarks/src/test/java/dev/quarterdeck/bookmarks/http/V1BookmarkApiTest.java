package dev.quarterdeck.bookmarks.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.bookmarks.http.Api.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class V1BookmarkApiTest {
  private static final String ROOT = "/api/v1/bookmarks";
  private Api api;

  @BeforeEach
  void open(@TempDir Path directory) {
    api = new Api(directory);
  }

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void makesABookmarkWithEverything() {
    Answer made =
        api.post(
            "anna",
            ROOT,
            Map.of(
                "url", "https://example.com/a",
                "title", "A",
                "notes", "**N**",
                "tags", List.of("java", "web/css"),
                "unread", true,
                "pinned", true,
                "visibility", "team",
                "created_at", "2020-01-02T03:04:05Z"));
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.header("ETag")).isEqualTo("\"1\"");
    assertThat(made.header("Location")).isEqualTo(ROOT + "/" + made.at("id"));
    assertThat(made.json().get("number").asInt()).isPositive();
    assertThat(made.json().get("tags").get(1).get("name").asString()).isEqualTo("web/css");
    assertThat(made.at("created_at")).isEqualTo("2020-01-02T03:04:05Z");
    assertThat(made.json().get("unread").asBoolean()).isTrue();
    Answer read = api.get("anna", ROOT + "/" + made.at("id")).expect(200);
    assertThat(read.json()).isEqualTo(made.json());
    assertThat(api.raw("anna", "GET", made.header("Location"), "", "If-None-Match", "\"1\""))
        .satisfies(same -> assertThat(same.status()).isEqualTo(304));
  }

  @Test
  void tellsAllBrokenRulesAtOnce() {
    Map<String, Object> body =
        Map.of("url", "nope", "title", "x".repeat(513), "unread", 5, "visibility", "world");
    Answer answer = api.post("anna", ROOT, body);
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.text())
        .contains(
            "Input should be a valid http or https URL",
            "String should have at most 512 characters",
            "Input should be a valid boolean",
            "Input should be one of 'private', 'team'");
    assertThat(api.post("anna", ROOT, Map.of("title", "x")).text()).contains("Field required");
    assertThat(api.send("anna", "POST", ROOT, "[").status()).isEqualTo(422);
    Answer time =
        api.post("anna", ROOT, Map.of("url", "https://example.com", "created_at", "yesterday"));
    assertThat(time.status()).isEqualTo(422);
    Answer tag =
        api.post("anna", ROOT, Map.of("url", "https://example.com", "tags", List.of("all")));
    assertThat(tag.status()).isEqualTo(400);
    assertThat(tag.at("detail")).isEqualTo("Tag name is reserved: all");
  }

  @Test
  void answersARepeatedRequestWithTheSameBookmark() {
    Map<String, Object> body = Map.of("url", "https://example.com/a", "title", "A");
    Answer first = api.post("anna", ROOT, body, "Idempotency-Key", "k1").expect(201);
    Answer second = api.post("anna", ROOT, body, "Idempotency-Key", "k1").expect(201);
    assertThat(second.at("id")).isEqualTo(first.at("id"));
    Answer other =
        api.post("anna", ROOT, Map.of("url", "https://example.com/b"), "Idempotency-Key", "k1");
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.text()).contains("another request has used this key");
    assertThat(api.post("anna", ROOT, body, "Idempotency-Key", "k2").status()).isEqualTo(409);
    assertThat(api.post("anna", ROOT, body, "Idempotency-Key", "a b").status()).isEqualTo(422);
    api.post("bert", ROOT, body, "Idempotency-Key", "k1").expect(201);
  }

  @Test
  void guardsChangesByVersion() {
    String one = ROOT + "/" + make("https://example.com/a");
    assertThat(api.patch("anna", one, Map.of("title", "B")).status()).isEqualTo(428);
    Answer changed = api.patch("anna", one, Map.of("title", "B"), "If-Match", "\"1\"").expect(200);
    assertThat(changed.header("ETag")).isEqualTo("\"2\"");
    Answer old = api.patch("anna", one, Map.of("title", "C"), "If-Match", "\"1\"");
    assertThat(old.status()).isEqualTo(412);
    assertThat(old.at("detail"))
        .isEqualTo("It is at version 2 (expected: 1); read it again and repeat the change");
    assertThat(api.patch("anna", one, Map.of("title", "C"), "If-Match", "W/x").status())
        .isEqualTo(412);
    api.patch("anna", one, Map.of("title", "C"), "If-Match", "*").expect(200);
    assertThat(api.delete("anna", one, "If-Match", "\"1\"").status()).isEqualTo(412);
    assertThat(api.delete("anna", one + "?permanent=x").status()).isEqualTo(422);
    api.delete("anna", one, "If-Match", "\"3\"").expect(204);
    assertThat(api.get("anna", one).at("status")).isEqualTo("trashed");
    api.delete("anna", one + "?permanent=true").expect(204);
    assertThat(api.get("anna", one).status()).isEqualTo(404);
  }

  @Test
  void losesNoneOfManyChangesAtOnce() {
    String one = ROOT + "/" + make("https://example.com/a");
    List<Map<String, Object>> changes =
        List.of(
            Map.of("title", "T"),
            Map.of("description", "D"),
            Map.of("notes", "N"),
            Map.of("unread", true),
            Map.of("pinned", true),
            Map.of("visibility", "team"),
            Map.of("tags", List.of("a", "b")),
            Map.of("status", "archived"));
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      changes.forEach(
          change ->
              executor.execute(() -> api.patch("anna", one, change, "If-Match", "*").expect(200)));
    }
    JsonNode now = api.get("anna", one).expect(200).json();
    assertThat(now.get("version").asInt()).isEqualTo(9);
    for (String field : List.of("title", "description", "notes")) {
      assertThat(now.get(field).asString())
          .isEqualTo(field.substring(0, 1).toUpperCase(Locale.ROOT));
    }
    assertThat(now.get("unread").asBoolean() && now.get("pinned").asBoolean()).isTrue();
    assertThat(now.get("visibility").asString()).isEqualTo("team");
    assertThat(now.get("status").asString()).isEqualTo("archived");
    assertThat(now.get("tags").size()).isEqualTo(2);
  }

  @Test
  void pagesByCursorWithoutGapsOrRepeats() {
    for (int i = 0; i < 7; i++) {
      make("https://example.com/" + i);
    }
    for (String sort : List.of("added_desc", "added_asc", "modified_desc", "modified_asc")) {
      String path = ROOT + "?limit=3&sort=" + sort;
      JsonNode first = api.get("anna", path).expect(200).json();
      assertThat(first.get("total").asInt()).isEqualTo(7);
      String second = first.get("next_cursor").asString();
      JsonNode two = api.get("anna", path + "&cursor=" + second).json();
      JsonNode three =
          api.get("anna", path + "&cursor=" + two.get("next_cursor").asString()).json();
      assertThat(three.get("bookmarks").size()).isEqualTo(1);
      assertThat(three.get("next_cursor").isNull()).isTrue();
      assertThat(first.get("bookmarks").get(2).get("id"))
          .isNotEqualTo(two.get("bookmarks").get(0).get("id"));
    }
    JsonNode found = api.get("anna", ROOT + "?q=example&limit=5").expect(200).json();
    assertThat(found.get("total").asInt()).isEqualTo(7);
    assertThat(found.get("next_cursor").asString()).isEqualTo("5");
    assertThat(api.get("anna", ROOT + "?q=example&limit=5&cursor=5").json().get("bookmarks").size())
        .isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "?limit=101,422",
    "?limit=0,422",
    "?limit=x,422",
    "?cursor=zzz,400",
    "?cursor=%00,400",
    "?sort=odd,422",
    "?status=odd,422",
    "?q=a&status=trashed,422",
    "?q=a&cursor=x,422",
    "?q=%28a,400",
    "/changes?since=x,422",
    "/changes?since=999999,400",
    "/duplicates?cursor=x,400",
    "/shared?cursor=x,400",
    "/nope,404",
  })
  void refusesBadQueries(String path, int status) {
    assertThat(api.get("anna", ROOT + path).status()).isEqualTo(status);
  }

  @Test
  void tellsChangesWithTombstones() {
    String start = api.get("anna", ROOT + "/changes").expect(200).at("next_since");
    String a = make("https://example.com/a");
    String b = make("https://example.com/b");
    api.post("bert", ROOT, Map.of("url", "https://example.com/c")).expect(201);
    api.delete("anna", ROOT + "/" + a + "?permanent=true").expect(204);
    api.post("anna", ROOT + "/" + b + "/archive").expect(200);
    Answer answer = api.get("anna", ROOT + "/changes?since=" + start).expect(200);
    JsonNode changes = answer.json().get("changes");
    assertThat(changes.size()).isEqualTo(2);
    assertThat(changes.get(0).get("id").asString()).isEqualTo(a);
    assertThat(changes.get(0).get("type").asString()).isEqualTo("deleted");
    assertThat(changes.get(0).get("deleted").asBoolean()).isTrue();
    assertThat(changes.get(0).get("bookmark").isNull()).isTrue();
    assertThat(changes.get(1).get("type").asString()).isEqualTo("archived");
    assertThat(changes.get(1).get("bookmark").get("id").asString()).isEqualTo(b);
    assertThat(answer.json().get("more").asBoolean()).isFalse();
    JsonNode one = api.get("anna", ROOT + "/changes?limit=1&since=" + start).json();
    assertThat(one.get("changes").size()).isEqualTo(1);
    assertThat(one.get("more").asBoolean()).isTrue();
    String end = answer.at("next_since");
    assertThat(api.get("anna", ROOT + "/changes?since=" + end).json().get("changes").size())
        .isZero();
  }

  @Test
  void reportsDuplicatesInPieces() {
    make("https://example.com/a");
    make("http://www.example.com/a?utm_source=x");
    make("https://example.com/b");
    make("http://example.com/b");
    make("https://example.com/c");
    JsonNode report = api.get("anna", ROOT + "/duplicates").expect(200).json();
    assertThat(report.get("groups").size()).isEqualTo(2);
    assertThat(report.get("scanned").asInt()).isEqualTo(5);
    assertThat(report.get("groups").get(0).get("bookmarks").size()).isEqualTo(2);
    JsonNode first = api.get("anna", ROOT + "/duplicates?limit=1").json();
    assertThat(first.get("groups").size()).isEqualTo(1);
    String next = first.get("next_cursor").asString();
    JsonNode second = api.get("anna", ROOT + "/duplicates?limit=1&cursor=" + next).json();
    assertThat(second.get("groups").size()).isEqualTo(1);
    assertThat(second.get("groups").get(0)).isNotEqualTo(first.get("groups").get(0));
    assertThat(api.get("bert", ROOT + "/duplicates").json().get("groups").size()).isZero();
  }

  @Test
  void sharesWithTheTeamWithoutNotes() {
    String id = make("https://example.com/a");
    api.patch(
            "anna", ROOT + "/" + id, Map.of("visibility", "team", "notes", "mine"), "If-Match", "*")
        .expect(200);
    make("https://example.com/private");
    JsonNode shared = api.get("bert", ROOT + "/shared").expect(200).json().get("bookmarks");
    assertThat(shared.size()).isEqualTo(1);
    assertThat(shared.get(0).get("id").asString()).isEqualTo(id);
    assertThat(shared.get(0).get("notes").asString()).isEmpty();
    assertThat(api.get("bert", ROOT + "/" + id).status()).isEqualTo(404);
    api.delete("anna", ROOT + "/" + id).expect(204);
    assertThat(api.get("bert", ROOT + "/shared").json().get("bookmarks").size()).isZero();
  }

  @Test
  void tellsNobodyOfWhatIsNotTheirs() {
    String one = ROOT + "/" + make("https://example.com/a");
    for (Answer answer :
        List.of(
            api.get("bert", one),
            api.patch("bert", one, Map.of("title", "x"), "If-Match", "*"),
            api.delete("bert", one),
            api.delete("bert", one + "?permanent=true"),
            api.post("bert", one + "/archive"),
            api.post("bert", one + "/restore"),
            api.post("bert", one + "/untrash"),
            api.send("bert", "PUT", one + "/public-link", "{}"),
            api.delete("bert", one + "/public-link"))) {
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.at("detail")).isEqualTo("Bookmark not found");
      assertThat(answer.at("code")).isEqualTo("bookmark_not_found");
    }
    assertThat(api.get("", ROOT).status()).isEqualTo(401);
    assertThat(api.post("reader", ROOT, Map.of("url", "https://example.com")).status())
        .isEqualTo(403);
  }

  private String make(String url) {
    api.clock.advance(Duration.ofSeconds(1));
    return api.post("anna", ROOT, Map.of("url", url)).expect(201).at("id");
  }
}

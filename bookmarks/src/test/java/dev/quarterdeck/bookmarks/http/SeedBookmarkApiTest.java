package dev.quarterdeck.bookmarks.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.bookmarks.http.Api.Answer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class SeedBookmarkApiTest {
  private static final String ROOT = "/api/bookmarks";
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
  void makesABookmark() {
    Answer answer =
        api.post(
            "anna",
            ROOT + "/",
            Map.of("url", "https://example.com/a", "title", "A", "description", "D"));

    assertThat(answer.status()).isEqualTo(201);
    JsonNode made = answer.json();
    assertThat(made.get("id").asString()).matches("[0-9a-f]{12}");
    assertThat(made.get("url").asString()).isEqualTo("https://example.com/a");
    assertThat(made.get("status").asString()).isEqualTo("active");
    assertThat(made.get("tags").size()).isZero();
    assertThat(made.get("metadata").size()).isZero();
    assertThat(made.get("created_at").asString()).endsWith("Z");
    assertThat(api.get("anna", ROOT + "/" + answer.at("id")).json()).isEqualTo(made);
    assertThat(api.get("anna", ROOT + "/" + answer.at("id") + "/").json()).isEqualTo(made);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "{}#Invalid URL format",
        "{\"title\":\"x\"}#Invalid URL format",
        "{\"url\":7,\"title\":\"x\"}#Invalid URL format",
        "{\"url\":null,\"title\":\"x\"}#Invalid URL format",
        "{\"url\":\"\",\"title\":\"x\"}#Invalid URL format",
        "{\"url\":\"example.com\",\"title\":\"x\"}#Invalid URL format",
        "{\"url\":\"ftp://example.com\",\"title\":\"x\"}#Invalid URL format",
        "{\"url\":\"javascript:alert(1)\",\"title\":\"x\"}#Invalid URL format",
        "{\"url\":\"https://a b.com\",\"title\":\"x\"}#Invalid URL format",
        "{\"url\":\"https://example.com\"}#Title is required",
        "{\"url\":\"https://example.com\",\"title\":\" \"}#Title is required",
        "{\"url\":\"https://example.com\",\"title\":[]}#Title is required",
        "{\"url\":\"https://example.com\",\"title\":\"x\",\"description\":5}"
            + "#description: must be a text",
        "{\"url\":\"https://example.com\",\"title\":\"x\",\"tags\":\"a\"}"
            + "#tags: must be a list of texts",
        "{\"url\":\"https://example.com\",\"title\":\"x\",\"tags\":[1]}"
            + "#tags: must be a list of texts",
        "{\"url\":\"https://example.com\",\"title\":\"x\",\"tags\":[\"00000000\"]}"
            + "#Tag not found: 00000000",
        "{\"url\":\"https://example.com\",\"title\":\"x\",\"tags\":[\"\"]}#Tag name is required",
        "{\"url\":\"https://example.com\",\"title\":\"x\",\"tags\":[\"All\"]}"
            + "#Tag name is reserved: All",
      })
  void refusesBadInput(String body, String error) {
    Answer answer = api.send("anna", "POST", ROOT, body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error()).isEqualTo(error);
    assertThat(api.get("anna", ROOT).json().get("total").asInt()).isZero();
  }

  @Test
  void refusesWhatIsNoJsonObject() {
    for (String body : List.of("", "[", "[]", "7", "{\"url\":\"x\",\"url\":\"y\"}")) {
      Answer answer = api.send("anna", "POST", ROOT, body);
      assertThat(answer.status()).as(body).isEqualTo(400);
    }
  }

  @Test
  void holdsTheLimitsOfTitleAndDescription() {
    String id = api.make("https://example.com/1", "x".repeat(256));
    Answer title =
        api.post("anna", ROOT, Map.of("url", "https://example.com/2", "title", "x".repeat(257)));
    assertThat(title.status()).isEqualTo(400);
    assertThat(title.error()).isEqualTo("Title must be 256 characters or fewer");
    String path = ROOT + "/" + id;
    api.put("anna", path, Map.of("description", "é".repeat(2_048))).expect(200);
    Answer description = api.put("anna", path, Map.of("description", "é".repeat(2_049)));
    assertThat(description.status()).isEqualTo(400);
    assertThat(description.error()).isEqualTo("Description must be 2048 characters or fewer");
    assertThat(api.put("anna", path, Map.of("title", "x".repeat(257))).error())
        .isEqualTo("Title must be 256 characters or fewer");
  }

  @Test
  void hasAUrlOncePerOwner() {
    String id = api.make("https://example.com/a", "A");
    Answer again =
        api.post("anna", ROOT, Map.of("url", "HTTPS://Example.com/a/", "title", "Again"));
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.error()).isEqualTo("A bookmark with this URL already exists");
    api.post("bert", ROOT, Map.of("url", "https://example.com/a", "title", "B")).expect(201);
    api.delete("anna", ROOT + "/" + id).expect(204);
    api.make("https://example.com/a", "New");
    Answer untrash = api.post("anna", ROOT + "/" + id + "/untrash");
    assertThat(untrash.status()).isEqualTo(409);
    String other = api.make("https://example.com/b", "B");
    assertThat(api.put("anna", ROOT + "/" + other, Map.of("url", "https://example.com/a")).status())
        .isEqualTo(409);
  }

  @Test
  void changesOnlyTheFieldsGiven() {
    String id = api.make("https://example.com/a", "A", "java");
    JsonNode before = api.get("anna", ROOT + "/" + id).json();
    JsonNode after = api.put("anna", ROOT + "/" + id, Map.of("title", "B")).expect(200).json();
    assertThat(after.get("title").asString()).isEqualTo("B");
    assertThat(after.get("url")).isEqualTo(before.get("url"));
    assertThat(after.get("tags")).isEqualTo(before.get("tags"));
    assertThat(api.get("anna", ROOT + "/" + id).json()).isEqualTo(after);
    assertThat(api.put("anna", ROOT + "/" + id, Map.of("url", "nope")).error())
        .isEqualTo("Invalid URL format");
    assertThat(api.put("anna", ROOT + "/" + id, Map.of("title", "")).error())
        .isEqualTo("Title is required");
  }

  @Test
  void pagesNewestFirst() {
    for (int i = 1; i <= 12; i++) {
      api.make("https://example.com/" + i, "T" + i);
    }
    assertThat(titles("")).containsExactly("T12", "T11", "T10", "T9", "T8");
    assertThat(titles("?page=2")).containsExactly("T7", "T6", "T5", "T4", "T3");
    assertThat(titles("?page=3")).containsExactly("T2", "T1");
    assertThat(titles("?page=4")).isEmpty();
    assertThat(titles("?page=2147483647&per_page=100")).isEmpty();
    assertThat(titles("?per_page=2&page=6")).containsExactly("T2", "T1");
    assertThat(titles("?per_page=100")).hasSize(12);
    assertThat(api.get("anna", ROOT).json().get("total").asInt()).isEqualTo(12);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "per_page=101#per_page: 101 (expected: a whole number from 1 to 100)",
        "per_page=0#per_page: 0 (expected: a whole number from 1 to 100)",
        "per_page=x#per_page: x (expected: a whole number from 1 to 100)",
        "per_page=99999999999#per_page: 99999999999 (expected: a whole number from 1 to 100)",
        "page=0#page: 0 (expected: a whole number from 1 to 2147483647)",
        "page=-1#page: -1 (expected: a whole number from 1 to 2147483647)",
        "status=gone#status: gone (expected: active, archived or trashed)",
      })
  void refusesBadPages(String query, String error) {
    Answer answer = api.get("anna", ROOT + "?" + query);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error()).isEqualTo(error);
  }

  @Test
  void movesThroughArchiveAndTrash() {
    String id = api.make("https://example.com/a", "A");
    String one = ROOT + "/" + id;
    assertThat(api.post("anna", one + "/archive").expect(200).at("status")).isEqualTo("archived");
    assertThat(titles("?status=archived")).containsExactly("A");
    assertThat(titles("")).isEmpty();
    assertThat(api.delete("anna", one).expect(204).text()).isEmpty();
    api.delete("anna", one).expect(204);
    assertThat(titles("?status=trashed")).containsExactly("A");
    assertThat(api.post("anna", one + "/archive").error())
        .isEqualTo("Bookmark is in the trash (expected: restore it first)");
    assertThat(api.post("anna", one + "/untrash").at("status")).isEqualTo("archived");
    assertThat(api.post("anna", one + "/untrash").status()).isEqualTo(400);
    assertThat(api.post("anna", one + "/restore").at("status")).isEqualTo("active");
    api.delete("anna", one).expect(204);
    assertThat(api.post("anna", one + "/restore").at("status")).isEqualTo("active");
    api.delete("anna", one).expect(204);
    assertThat(api.delete("anna", ROOT + "/trash").expect(200).json().get("deleted").asInt())
        .isEqualTo(1);
    assertThat(api.get("anna", one).status()).isEqualTo(404);
    assertThat(api.get("anna", ROOT + "?status=trashed").json().get("total").asInt()).isZero();
  }

  @Test
  void findsByAllWordsAndNeverInTheTrash() {
    api.make("https://example.com/1", "Red apple");
    String trashed = api.make("https://example.com/2", "Red apple pie");
    api.make("https://example.com/3", "Green apple");
    api.delete("anna", ROOT + "/" + trashed).expect(204);
    Answer answer = api.get("anna", ROOT + "/search?q=red%20apple").expect(200);
    assertThat(answer.json().get("count").asInt()).isEqualTo(1);
    assertThat(answer.json().get("results").get(0).get("title").asString()).isEqualTo("Red apple");
    assertThat(api.get("anna", ROOT + "/search?q=apple&limit=1").json().get("results").size())
        .isEqualTo(1);
    assertThat(api.get("anna", ROOT + "/search").json().get("count").asInt()).isZero();
    assertThat(api.get("anna", ROOT + "/search?q=a&limit=101").error())
        .isEqualTo("limit: 101 (expected: a whole number from 1 to 100)");
    assertThat(api.get("anna", ROOT + "/search?q=%28a").status()).isEqualTo(400);
  }

  @Test
  void tellsNobodyOfWhatIsNotTheirs() {
    String one = ROOT + "/" + api.make("https://example.com/a", "A");
    for (String nobodys : List.of(one, ROOT + "/ffffffffffff", ROOT + "/x")) {
      List<Answer> answers =
          List.of(
              api.get("bert", nobodys),
              api.put("bert", nobodys, Map.of("title", "B")),
              api.delete("bert", nobodys),
              api.post("bert", nobodys + "/archive"),
              api.post("bert", nobodys + "/restore"),
              api.post("bert", nobodys + "/untrash"));
      for (Answer answer : answers) {
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.error()).isEqualTo("Bookmark not found");
      }
    }
    assertThat(api.get("bert", ROOT).json().get("total").asInt()).isZero();
    assertThat(api.get("bert", ROOT + "/search?q=a").json().get("count").asInt()).isZero();
    assertThat(api.get("anna", one).at("title")).isEqualTo("A");
  }

  @Test
  void wantsALoginAndTheScope() {
    assertThat(api.get("", ROOT).status()).isEqualTo(401);
    api.get("reader", ROOT).expect(200);
    Answer answer = api.post("reader", ROOT, Map.of("url", "https://example.com", "title", "A"));
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.error())
        .isEqualTo("the token does not allow this (expected: the scope bookmarks:write)");
  }

  private List<String> titles(String query) {
    JsonNode list = api.get("anna", ROOT + query).expect(200).json().get("bookmarks");
    return list.valueStream().map(one -> one.get("title").asString()).toList();
  }
}

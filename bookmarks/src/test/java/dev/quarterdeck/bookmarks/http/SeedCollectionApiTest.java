package dev.quarterdeck.bookmarks.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.bookmarks.http.Api.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class SeedCollectionApiTest {
  private static final String ROOT = "/api/collections";
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
  void makesAManualCollection() {
    Answer made = api.post("anna", ROOT, Map.of("name", "Reading"));
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.at("id")).matches("[0-9a-f]{10}");
    assertThat(made.at("type")).isEqualTo("manual");
    assertThat(made.json().get("filter_rule").isNull()).isTrue();
    assertThat(made.json().get("size").asInt()).isZero();
    assertThat(api.get("anna", ROOT + "/" + made.at("id")).json()).isEqualTo(made.json());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "{}#Collection name is required",
        "{\"name\":\" \"}#Collection name is required",
        "{\"name\":5}#Collection name is required",
        "{\"name\":\"a\",\"type\":\"odd\"}#type: odd (expected: manual or smart)",
        "{\"name\":\"a\",\"type\":\"smart\"}"
            + "#filter_rule is required for a smart collection (expected: a query)",
        "{\"name\":\"a\",\"type\":\"smart\",\"filter_rule\":\"(a\"}"
            + "#column 1: no closing parenthesis",
        "{\"name\":\"a\",\"filter_rule\":\"b\"}#filter_rule: only a smart collection has one",
      })
  void refusesBadInput(String body, String error) {
    Answer answer = api.send("anna", "POST", ROOT, body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error()).isEqualTo(error);
    assertThat(api.get("anna", ROOT).json().get("collections").size()).isZero();
  }

  @Test
  void takesBookmarksInAndOut() {
    String a = api.make("https://example.com/a", "A");
    String b = api.make("https://example.com/b", "B");
    String one = make("Reading");
    api.put("anna", one + "/bookmarks", Map.of("bookmark_id", a)).expect(204);
    api.put("anna", one + "/bookmarks", Map.of("bookmark_id", b)).expect(204);
    assertThat(members(one)).containsExactly(a, b);
    Answer twice = api.put("anna", one + "/bookmarks", Map.of("bookmark_id", a));
    assertThat(twice.status()).isEqualTo(400);
    assertThat(twice.error()).isEqualTo("Bookmark already in collection");
    assertThat(api.put("anna", one + "/bookmarks", Map.of()).error())
        .isEqualTo("bookmark_id is required");
    assertThat(api.put("anna", one + "/bookmarks", Map.of("bookmark_id", "nope")).status())
        .isEqualTo(404);
    api.delete("anna", one + "/bookmarks/" + a).expect(204);
    assertThat(members(one)).containsExactly(b);
    Answer absent = api.delete("anna", one + "/bookmarks/" + a);
    assertThat(absent.status()).isEqualTo(404);
    assertThat(absent.error()).isEqualTo("Bookmark not in collection");
  }

  @Test
  void hidesWhatIsInTheTrash() {
    String a = api.make("https://example.com/a", "A");
    String one = make("Reading");
    api.put("anna", one + "/bookmarks", Map.of("bookmark_id", a)).expect(204);
    api.delete("anna", "/api/bookmarks/" + a).expect(204);
    assertThat(members(one)).isEmpty();
    assertThat(api.get("anna", one).json().get("size").asInt()).isZero();
    api.post("anna", "/api/bookmarks/" + a + "/untrash").expect(200);
    assertThat(members(one)).containsExactly(a);
  }

  @Test
  void putsBookmarksInAnotherOrder() {
    String a = api.make("https://example.com/a", "A");
    String b = api.make("https://example.com/b", "B");
    String one = make("Reading");
    api.put("anna", one + "/bookmarks", Map.of("bookmark_id", a)).expect(204);
    api.put("anna", one + "/bookmarks", Map.of("bookmark_id", b)).expect(204);
    api.put("anna", one + "/order", Map.of("bookmark_ids", List.of(b, a))).expect(200);
    assertThat(members(one)).containsExactly(b, a);
    for (List<String> wrong : List.of(List.of(a), List.of(a, a), List.of(a, b, "x"))) {
      Answer answer = api.put("anna", one + "/order", Map.of("bookmark_ids", wrong));
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.error())
          .isEqualTo("bookmark_ids must hold every bookmark of the collection once");
    }
    assertThat(api.put("anna", one + "/order", Map.of()).error())
        .isEqualTo("bookmark_ids is required");
  }

  @Test
  void showsPinnedOnesFirst() {
    make("One");
    api.clock.advance(Duration.ofSeconds(1));
    String two = make("Two");
    assertThat(names()).containsExactly("One", "Two");
    assertThat(api.post("anna", two + "/pin").expect(200).json().get("is_pinned").asBoolean())
        .isTrue();
    assertThat(names()).containsExactly("Two", "One");
    assertThat(api.post("anna", two + "/unpin").expect(200).json().get("is_pinned").asBoolean())
        .isFalse();
    assertThat(names()).containsExactly("One", "Two");
  }

  @Test
  void evaluatesSmartCollections() {
    String red = api.make("https://example.com/1", "Red apple");
    api.make("https://example.com/2", "Green apple");
    String trashed = api.make("https://example.com/3", "Red pear");
    api.delete("anna", "/api/bookmarks/" + trashed).expect(204);
    Map<String, String> smart = Map.of("name", "Red", "type", "smart", "filter_rule", "red");
    String one = ROOT + "/" + api.post("anna", ROOT, smart).expect(201).at("id");
    assertThat(members(one)).containsExactly(red);
    assertThat(api.get("anna", one).json().get("size").asInt()).isEqualTo(1);
    for (Answer answer :
        List.of(
            api.put("anna", one + "/bookmarks", Map.of("bookmark_id", red)),
            api.delete("anna", one + "/bookmarks/" + red),
            api.put("anna", one + "/order", Map.of("bookmark_ids", List.of(red))))) {
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.error())
          .isEqualTo(
              "Collection is smart: its filter_rule selects the bookmarks (expected: a manual"
                  + " one)");
    }
    api.put("anna", one, Map.of("filter_rule", "apple")).expect(200);
    assertThat(members(one)).hasSize(2);
    assertThat(api.put("anna", one, Map.of("filter_rule", "(x")).status()).isEqualTo(400);
  }

  @Test
  void changesAndDeletes() {
    String one = make("Reading");
    assertThat(api.put("anna", one, Map.of("name", "Later")).at("name")).isEqualTo("Later");
    assertThat(api.put("anna", one, Map.of("name", "")).error())
        .isEqualTo("Collection name is required");
    assertThat(api.put("anna", one, Map.of("type", "smart")).error())
        .isEqualTo("type: cannot change (expected: make a new collection)");
    assertThat(api.put("anna", one, Map.of("is_pinned", "x")).error())
        .isEqualTo("is_pinned: must be true or false");
    api.delete("anna", one).expect(204);
    assertThat(api.get("anna", one).error()).isEqualTo("Collection not found");
  }

  @Test
  void tellsNobodyOfWhatIsNotTheirs() {
    String bookmark = api.make("https://example.com/a", "A");
    String one = make("Reading");
    for (Answer answer :
        List.of(
            api.get("bert", one),
            api.put("bert", one, Map.of("name", "x")),
            api.delete("bert", one),
            api.put("bert", one + "/bookmarks", Map.of("bookmark_id", bookmark)),
            api.delete("bert", one + "/bookmarks/" + bookmark),
            api.put("bert", one + "/order", Map.of("bookmark_ids", List.of())),
            api.post("bert", one + "/pin"),
            api.post("bert", one + "/unpin"))) {
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.error()).isEqualTo("Collection not found");
    }
    String own = ROOT + "/" + api.post("bert", ROOT, Map.of("name", "B")).at("id");
    assertThat(api.put("bert", own + "/bookmarks", Map.of("bookmark_id", bookmark)).error())
        .isEqualTo("Bookmark not found");
  }

  private String make(String name) {
    return ROOT + "/" + api.post("anna", ROOT, Map.of("name", name)).expect(201).at("id");
  }

  private List<String> members(String one) {
    return api.get("anna", one)
        .expect(200)
        .json()
        .get("bookmark_ids")
        .valueStream()
        .map(JsonNode::asString)
        .toList();
  }

  private List<String> names() {
    return api.get("anna", ROOT)
        .json()
        .get("collections")
        .valueStream()
        .map(one -> one.get("name").asString())
        .toList();
  }
}

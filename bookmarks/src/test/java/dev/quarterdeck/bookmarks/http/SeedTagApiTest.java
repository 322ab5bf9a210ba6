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

class SeedTagApiTest {
  private static final String ROOT = "/api/tags";
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
  void makesTagsAndListsThemByName() {
    Answer made =
        api.post("anna", ROOT, Map.of("name", "zebra", "color", "red", "description", "Z"));
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.at("id")).matches("[0-9a-f]{8}");
    assertThat(made.at("color")).isEqualTo("red");
    assertThat(api.post("anna", ROOT, Map.of("name", "Apple")).at("color")).isEqualTo("gray");
    assertThat(names()).containsExactly("Apple", "zebra");
    assertThat(api.get("bert", ROOT).json().get("tags").size()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "{}#Tag name is required",
        "{\"name\":\"\"}#Tag name is required",
        "{\"name\":\"  \"}#Tag name is required",
        "{\"name\":7}#Tag name is required",
        "{\"name\":\"all\"}#Tag name is reserved: all",
        "{\"name\":\"UNTAGGED\"}#Tag name is reserved: UNTAGGED",
        "{\"name\":\"archived\"}#Tag name is reserved: archived",
        "{\"name\":\"trash\"}#Tag name is reserved: trash",
        "{\"name\":\"a//b\"}"
            + "#Tag name must not have an empty part before, between or after slashes",
        "{\"name\":\"a\",\"color\":\"pink\"}"
            + "#color: pink (expected: one of red, blue, green, yellow, purple, gray)",
        "{\"name\":\"a\",\"description\":[]}#description: must be a text",
      })
  void refusesBadInput(String body, String error) {
    Answer answer = api.send("anna", "POST", ROOT, body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error()).isEqualTo(error);
    assertThat(names()).isEmpty();
  }

  @Test
  void holdsTheLimitOfNames() {
    api.post("anna", ROOT, Map.of("name", "x".repeat(50))).expect(201);
    Answer answer = api.post("anna", ROOT, Map.of("name", "x".repeat(51)));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error()).isEqualTo("Tag name must be 50 characters or fewer");
  }

  @Test
  void hasANameOnceWhateverItsCase() {
    api.post("anna", ROOT, Map.of("name", "Java")).expect(201);
    Answer again = api.post("anna", ROOT, Map.of("name", "java"));
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.error()).isEqualTo("A tag with this name already exists: java");
  }

  @Test
  void countsWhatIsUsed() {
    String one = api.make("https://example.com/1", "A", "java", "web");
    api.make("https://example.com/2", "B", "java");
    assertThat(usage("java")).isEqualTo(2);
    assertThat(usage("web")).isEqualTo(1);
    api.put("anna", "/api/bookmarks/" + one, Map.of("tags", List.of("web"))).expect(200);
    assertThat(usage("java")).isEqualTo(1);
    api.delete("anna", "/api/bookmarks/" + one).expect(204);
    assertThat(usage("web")).isZero();
    api.post("anna", "/api/bookmarks/" + one + "/untrash").expect(200);
    assertThat(usage("web")).isEqualTo(1);
  }

  @Test
  void renamesAndRecolors() {
    String bookmark = api.make("https://example.com/1", "A", "java");
    String id = id("java");
    Answer renamed = api.put("anna", ROOT + "/" + id, Map.of("name", "jvm", "color", "blue"));
    assertThat(renamed.status()).isEqualTo(200);
    assertThat(renamed.at("name")).isEqualTo("jvm");
    assertThat(renamed.json().get("usage_count").asInt()).isEqualTo(1);
    assertThat(api.get("anna", "/api/bookmarks/" + bookmark).json().get("tags").get(0).asString())
        .isEqualTo(id);
    assertThat(api.put("anna", ROOT + "/" + id, Map.of("name", "")).error())
        .isEqualTo("Tag name is required");
    assertThat(api.put("anna", ROOT + "/" + id, Map.of("name", "all")).error())
        .isEqualTo("Tag name is reserved: all");
  }

  @Test
  void takesADeletedTagOffEveryBookmark() {
    String bookmark = api.make("https://example.com/1", "A", "java", "web");
    String id = id("java");
    assertThat(api.delete("anna", ROOT + "/" + id).expect(204).text()).isEmpty();
    assertThat(names()).containsExactly("web");
    JsonNode tags = api.get("anna", "/api/bookmarks/" + bookmark).json().get("tags");
    assertThat(tags.size()).isEqualTo(1);
    assertThat(tags.get(0).asString()).isEqualTo(id("web"));
    api.post("anna", ROOT, Map.of("name", "java")).expect(201);
    assertThat(usage("java")).isZero();
  }

  @Test
  void tellsNobodyOfWhatIsNotTheirs() {
    api.make("https://example.com/1", "A", "java");
    String one = ROOT + "/" + id("java");
    for (Answer answer :
        List.of(
            api.put("bert", one, Map.of("name", "x")),
            api.delete("bert", one),
            api.delete("anna", ROOT + "/ffffffff"))) {
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.error()).isEqualTo("Tag not found");
    }
    assertThat(api.get("", ROOT).status()).isEqualTo(401);
    assertThat(api.post("reader", ROOT, Map.of("name", "x")).status()).isEqualTo(403);
  }

  private JsonNode tag(String name) {
    return api.get("anna", ROOT)
        .json()
        .get("tags")
        .valueStream()
        .filter(tag -> tag.get("name").asString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private String id(String name) {
    return tag(name).get("id").asString();
  }

  private int usage(String name) {
    return tag(name).get("usage_count").asInt();
  }

  private List<String> names() {
    return api.get("anna", ROOT)
        .expect(200)
        .json()
        .get("tags")
        .valueStream()
        .map(tag -> tag.get("name").asString())
        .toList();
  }
}

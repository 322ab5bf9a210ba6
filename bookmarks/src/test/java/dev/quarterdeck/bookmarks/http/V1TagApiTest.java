package dev.quarterdeck.bookmarks.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.bookmarks.http.Api.Answer;
import dev.quarterdeck.testing.Awaiting;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class V1TagApiTest {
  private static final String ROOT = "/api/v1/bookmarks/tags";
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
  void nestsBySlashes() {
    api.post("anna", ROOT, Map.of("name", "lang/java", "color", "red")).expect(201);
    api.post("anna", ROOT, Map.of("name", "lang")).expect(201);
    api.post("anna", ROOT, Map.of("name", "language")).expect(201);
    assertThat(tag("lang/java").get("parent").asString()).isEqualTo("lang");
    assertThat(tag("lang").get("parent").isNull()).isTrue();
    JsonNode below = api.get("anna", ROOT + "?below=Lang").expect(200).json().get("tags");
    assertThat(below.size()).isEqualTo(1);
    assertThat(below.get(0).get("name").asString()).isEqualTo("lang/java");
  }

  @Test
  void renamesWithWhatLiesBelow() {
    for (String name : List.of("lang", "lang/java", "lang/java/21", "other")) {
      api.post("anna", ROOT, Map.of("name", name)).expect(201);
    }
    api.patch("anna", path("lang"), Map.of("name", "languages")).expect(200);
    assertThat(names())
        .containsExactly("languages", "languages/java", "languages/java/21", "other");
    api.patch("anna", path("languages"), Map.of("name", "l", "nested", false)).expect(200);
    assertThat(names()).containsExactly("l", "languages/java", "languages/java/21", "other");
    Answer taken = api.patch("anna", path("l"), Map.of("name", "OTHER"));
    assertThat(taken.status()).isEqualTo(409);
    assertThat(taken.at("detail")).isEqualTo("A tag with this name already exists: OTHER");
    Answer bad = api.patch("anna", path("l"), Map.of("name", "trash"));
    assertThat(bad.status()).isEqualTo(400);
    assertThat(bad.at("detail")).isEqualTo("Tag name is reserved: trash");
    assertThat(api.patch("anna", path("l"), Map.of("color", "pink")).status()).isEqualTo(422);
    assertThat(api.post("anna", ROOT, Map.of("name", "x".repeat(65))).status()).isEqualTo(422);
  }

  @Test
  void mergesTagsAndSweepsTheBookmarks() {
    String both = api.make("https://example.com/1", "A", "js", "javascript");
    String one = api.make("https://example.com/2", "B", "js");
    String target = tag("javascript").get("id").asString();
    Answer merged = api.post("anna", path("js") + "/merge", Map.of("into", "JavaScript"));
    assertThat(merged.status()).isEqualTo(200);
    assertThat(merged.at("id")).isEqualTo(target);
    assertThat(names()).containsExactly("javascript");
    for (String id : List.of(both, one)) {
      JsonNode tags = api.get("anna", "/api/v1/bookmarks/" + id).json().get("tags");
      assertThat(tags.size()).isEqualTo(1);
      assertThat(tags.get(0).get("id").asString()).isEqualTo(target);
    }
    Awaiting.until(
        "the bookmarks hold the new tag only",
        () ->
            List.of(both, one).stream()
                .allMatch(
                    id -> api.slice.bookmarks().get("u-anna", id).tags().equals(List.of(target))));
    assertThat(tag("javascript").get("usage_count").asInt()).isEqualTo(2);
  }

  @Test
  void refusesMergesThatMeanNothing() {
    api.make("https://example.com/1", "A", "a");
    Answer self = api.post("anna", path("a") + "/merge", Map.of("into", "a"));
    assertThat(self.status()).isEqualTo(400);
    assertThat(self.at("detail")).isEqualTo("A tag cannot be merged into itself");
    assertThat(api.post("anna", path("a") + "/merge", Map.of("into", "b")).status()).isEqualTo(404);
    assertThat(api.post("anna", path("a") + "/merge", Map.of()).status()).isEqualTo(422);
  }

  @Test
  void tellsNobodyOfWhatIsNotTheirs() {
    api.make("https://example.com/1", "A", "a");
    for (Answer answer :
        List.of(
            api.patch("bert", path("a"), Map.of("name", "x")),
            api.delete("bert", path("a")),
            api.post("bert", path("a") + "/merge", Map.of("into", "a")))) {
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.at("detail")).isEqualTo("Tag not found");
    }
    api.delete("anna", path("a")).expect(204);
    assertThat(names()).isEmpty();
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

  private String path(String name) {
    return ROOT + "/" + tag(name).get("id").asString();
  }

  private List<String> names() {
    return api.get("anna", ROOT)
        .json()
        .get("tags")
        .valueStream()
        .map(tag -> tag.get("name").asString())
        .toList();
  }
}

package dev.quarterdeck.bookmarks.linkding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.bookmarks.app.AppClient;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class TagsAndBundlesTest extends LinkdingTest {
  private static final String TAGS = API + "/tags/";
  private static final String BUNDLES = API + "/bundles/";

  @Test
  void makesATagOnceWhateverItsCase() {
    JsonNode made = alice.post(TAGS, "{\"name\": \" Two  Words \"}").expect(201).json();
    assertThat(made.toString())
        .isEqualTo(
            "{\"id\":%s,\"name\":\"Two-Words\",\"date_added\":\"2026-01-15T12:00:00.000000Z\"}"
                .formatted(made.get("id")));
    assertThat(alice.post(TAGS, "{\"name\": \"two-WORDS\"}").expect(201).json()).isEqualTo(made);
    assertThat(alice.get(TAGS + made.get("id") + "/").expect(200).json()).isEqualTo(made);
    assertThat(alice.get(TAGS).json().get("count").asInt()).isEqualTo(1);
  }

  @Test
  void honoursTheLimitThatTheExtensionAsksFor() {
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 80; j++) {
        names.append(j == 0 ? "" : ",").append("\"tag-%d-%02d\"".formatted(i, j));
      }
      make("{\"url\":\"https://%d.example/\",\"tag_names\":[%s]}".formatted(i, names));
      names.setLength(0);
    }
    assertThat(alice.get(TAGS + "?limit=5000").json().get("results")).hasSize(240);
    JsonNode usual = alice.get(TAGS).json();
    assertThat(usual.get("results")).hasSize(100);
    assertThat(usual.get("next").asString()).endsWith("/linkding/api/tags/?limit=100&offset=100");
  }

  @Test
  void deletesATagOffItsBookmarks() {
    JsonNode bookmark = make("{\"url\":\"https://a.example/\",\"tag_names\":[\"gone\",\"kept\"]}");
    JsonNode tag = alice.post(TAGS, "{\"name\":\"gone\"}").json();
    String path = TAGS + tag.get("id") + "/";
    assertThat(app.as("bob").delete(path).status()).isEqualTo(404);
    assertThat(alice.delete(path).status()).isEqualTo(204);
    assertThat(alice.get(path(bookmark)).json().get("tag_names").toString())
        .isEqualTo("[\"kept\"]");
    assertThat(alice.get(path).expect(404).text())
        .isEqualTo("{\"detail\":\"No Tag matches the given query.\"}");
    assertThat(alice.patch(path, "{}").status()).isEqualTo(405);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "{}~{\"name\":[\"This field is required.\"]}",
        "{\"name\":\"  \"}~{\"name\":[\"This field may not be blank.\"]}",
        "{\"name\":{}}~{\"name\":[\"Not a valid string.\"]}",
        "{\"name\":\"All\"}~{\"name\":[\"\\\"All\\\" is reserved and cannot be the name of a"
            + " tag.\"]}",
        "{\"name\":\"a//b\"}~{\"name\":[\"A name must not have an empty part before, between or"
            + " after slashes.\"]}",
        "{\"name\":\"a\\u0007b\"}~{\"name\":[\"Control characters are not allowed.\"]}"
      })
  void saysWhyATagCannotBeMade(String body, String expected) {
    assertThat(alice.post(TAGS, body).expect(400).text()).isEqualTo(expected);
  }

  @Test
  void keepsBundlesAndListsByThem() {
    make("{\"url\":\"https://a.example/\",\"title\":\"A\",\"tag_names\":[\"x\",\"y\"]}");
    make(
        "{\"url\":\"https://b.example/\",\"title\":\"B\",\"tag_names\":[\"x\",\"z\"],\"unread\":true}");
    make("{\"url\":\"https://c.example/\",\"title\":\"C\"}");
    JsonNode made =
        alice
            .post(
                BUNDLES,
                "{\"name\":\"N\",\"any_tags\":\"y z\",\"all_tags\":\"x\",\"excluded_tags\":\"q\"}")
            .expect(201)
            .json();
    String id = made.get("id").toString();
    assertThat(made.toString())
        .isEqualTo(
            "{\"id\":"
                + id
                + ",\"name\":\"N\",\"search\":\"\",\"any_tags\":\"y z\",\"all_tags\":\"x\","
                + "\"excluded_tags\":\"q\",\"filter_unread\":\"off\",\"filter_shared\":\"off\","
                + "\"order\":0,\"date_created\":\"2026-01-15T12:00:00.000000Z\","
                + "\"date_modified\":\"2026-01-15T12:00:00.000000Z\"}");
    assertThat(titles(id)).containsExactlyInAnyOrder("A", "B");
    String path = BUNDLES + id + "/";
    alice.patch(path, "{\"filter_unread\":\"yes\"}").expect(200);
    assertThat(titles(id)).containsExactly("B");
    alice.put(path, "{\"name\":\"M\",\"filter_unread\":\"no\",\"search\":\"a or b\"}").expect(200);
    assertThat(titles(id)).containsExactly("A");
    assertThat(alice.get(path).json().get("name").asString()).isEqualTo("M");
    alice.post(BUNDLES, "{\"name\":\"Second\"}").expect(201);
    assertThat(alice.get(BUNDLES).json().get("results")).hasSize(2);
    assertThat(app.as("bob").get(path).status()).isEqualTo(404);
    assertThat(alice.delete(path).status()).isEqualTo(204);
    assertThat(alice.get(path).expect(404).text())
        .isEqualTo("{\"detail\":\"No BookmarkBundle matches the given query.\"}");
  }

  private List<String> titles(String bundle) {
    AppClient.Answer answer = alice.get(BOOKMARKS + "?bundle=" + bundle);
    return answer
        .expect(200)
        .json()
        .get("results")
        .valueStream()
        .map(each -> each.get("title").asString())
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "{}~{\"name\":[\"This field is required.\"]}",
        "{\"name\":\"n\",\"filter_unread\":\"maybe\"}~{\"filter_unread\":[\"\\\"maybe\\\" is not a"
            + " valid choice.\"]}",
        "{\"name\":\"n\",\"order\":-1}~{\"order\":[\"A valid integer is required.\"]}",
        "{\"name\":\"n\",\"order\":99999999999}~{\"order\":[\"A valid integer is required.\"]}"
      })
  void saysWhyABundleCannotBeMade(String body, String expected) {
    assertThat(alice.post(BUNDLES, body).expect(400).text()).isEqualTo(expected);
  }
}

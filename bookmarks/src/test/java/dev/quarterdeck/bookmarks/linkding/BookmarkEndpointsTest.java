package dev.quarterdeck.bookmarks.linkding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.bookmarks.app.AppClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class BookmarkEndpointsTest extends LinkdingTest {
  @Test
  void showsABookmarkWithLinkdingsFieldsInTheirOrder() {
    JsonNode made =
        make(
            """
            {"url": "https://example.org/a", "title": "T", "description": "D", "notes": "N",
             "is_archived": false, "unread": true, "shared": true, "tag_names": ["Zeta", "alpha", "two words"],
             "date_added": "2024-02-03T04:05:06.000007Z", "date_modified": "2024-02-04T00:00:00+01:00"}
            """);

    String id = made.get("id").toString();
    assertThat(alice.get(path(made)).text())
        .isEqualTo(
            "{\"id\":"
                + id
                + ",\"url\":\"https://example.org/a\",\"title\":\"T\",\"description\":\"D\","
                + "\"notes\":\"N\",\"web_archive_snapshot_url\":"
                + "\"https://web.archive.org/web/20240203040506/https://example.org/a\","
                + "\"favicon_url\":null,\"preview_image_url\":null,\"is_archived\":false,"
                + "\"unread\":true,\"shared\":true,\"tag_names\":[\"alpha\",\"two-words\",\"Zeta\"],"
                + "\"date_added\":\"2024-02-03T04:05:06.000007Z\","
                + "\"date_modified\":\"2024-02-03T23:00:00.000000Z\","
                + "\"website_title\":null,\"website_description\":null}");
    assertThat(made.get("id").asLong()).isBetween(1L, (long) Integer.MAX_VALUE);
  }

  @Test
  void needsOnlyAUrl() {
    JsonNode made = make("{\"url\": \"https://example.org/\"}");
    assertThat(made.get("title").asString()).isEmpty();
    assertThat(made.get("tag_names")).isEmpty();
    assertThat(made.get("date_added").asString()).isEqualTo("2026-01-15T12:00:00.000000Z");
  }

  @Test
  void overwritesAUrlThatIsThereAndAnswers201() {
    JsonNode first =
        make(
            """
            {"url": "https://Example.org/a/", "title": "Old", "notes": "Old", "is_archived": true,
             "unread": true, "tag_names": ["old"], "date_added": "2020-01-01T00:00:00Z"}
            """);
    JsonNode second =
        make(
            """
            {"url": "https://example.org/a", "title": "New", "tag_names": ["new"],
             "date_added": "2021-01-01T00:00:00Z"}
            """);

    assertThat(second.get("id")).isEqualTo(first.get("id"));
    assertThat(second.get("title").asString()).isEqualTo("New");
    assertThat(second.get("notes").asString()).isEmpty();
    assertThat(second.get("unread").asBoolean()).isFalse();
    assertThat(second.get("is_archived").asBoolean()).isTrue();
    assertThat(second.get("tag_names").toString()).isEqualTo("[\"new\"]");
    assertThat(second.get("date_added").asString()).isEqualTo("2020-01-01T00:00:00.000000Z");
  }

  @Test
  void acceptsTheFlagsOfTheExtension() {
    for (String query : List.of("?disable_scraping", "?disable_scraping=&disable_html_snapshot")) {
      AppClient.Answer answer =
          alice.post(BOOKMARKS + query, "{\"url\":\"https://flag.example/\",\"title\":\"\"}");
      assertThat(answer.status()).isEqualTo(201);
      assertThat(answer.json().get("title").asString()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "{}~{\"url\":[\"This field is required.\"]}",
        "~{\"url\":[\"This field is required.\"]}",
        "{\"url\":\"\"}~{\"url\":[\"This field may not be blank.\"]}",
        "{\"url\":null}~{\"url\":[\"This field may not be null.\"]}",
        "{\"url\":[1]}~{\"url\":[\"Not a valid string.\"]}",
        "{\"url\":\"nonsense\"}~{\"url\":[\"Enter a valid URL.\"]}",
        "{\"url\":\"javascript:alert(1)\"}~{\"url\":[\"Enter a valid URL.\"]}",
        "{\"url\":\"ftp://example.org/\"}~{\"url\":[\"Enter a valid URL.\"]}",
        "{\"url\":\"https://a.example/\",\"unread\":\"maybe\"}~{\"unread\":[\"Must be a valid"
            + " boolean.\"]}",
        "{\"url\":\"https://a.example/\",\"shared\":null}~{\"shared\":[\"This field may not be"
            + " null.\"]}",
        "{\"url\":\"https://a.example/\",\"title\":{}}~{\"title\":[\"Not a valid string.\"]}",
        "{\"url\":\"https://a.example/\",\"tag_names\":\"a b\"}~{\"tag_names\":[\"Expected a list"
            + " of items but got type \\\"str\\\".\"]}",
        "{\"url\":\"https://a.example/\",\"tag_names\":[[]]}~{\"tag_names\":[\"Not a valid"
            + " string.\"]}",
        "{\"url\":\"https://a.example/\",\"tag_names\":[\"trash\"]}~{\"tag_names\":[\"\\\"trash\\\""
            + " is reserved and cannot be the name of a tag.\"]}",
        "{\"url\":\"https://a.example/\",\"date_added\":\"soon\"}~{\"date_added\":[\"Datetime has"
            + " wrong format. Use one of these formats instead:"
            + " YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].\"]}",
        "[1]~{\"non_field_errors\":[\"Invalid data. Expected a dictionary, but got list.\"]}"
      })
  void saysWhatIsWrongInLinkdingsWords(String body, String expected) {
    AppClient.Answer answer = alice.post(BOOKMARKS, body == null ? "" : body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).isEqualTo(expected);
  }

  @Test
  void saysWhatIsTooLong() {
    String body =
        "{\"url\":\"https://a.example/%s\",\"title\":\"%s\",\"tag_names\":[\"%s\"]}"
            .formatted("x".repeat(2048), "x".repeat(513), "x".repeat(65));
    assertThat(alice.post(BOOKMARKS, body).expect(400).text())
        .isEqualTo(
            "{\"url\":[\"Ensure this field has no more than 2048 characters.\"],"
                + "\"title\":[\"Ensure this field has no more than 512 characters.\"]}");
    String tag =
        "{\"url\":\"https://a.example/\",\"tag_names\":[\"%s\"]}".formatted("x".repeat(65));
    assertThat(alice.post(BOOKMARKS, tag).expect(400).text())
        .isEqualTo("{\"tag_names\":[\"Ensure this field has no more than 64 characters.\"]}");
  }

  @Test
  void saysThatABodyIsNoJson() {
    AppClient.Answer answer = alice.post(BOOKMARKS, "{\"url\":");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().get("detail").asString()).startsWith("JSON parse error - ");
  }

  @Test
  void changesOnlyWhatIsThere() {
    JsonNode made =
        make(
            "{\"url\":\"https://a.example/\",\"title\":\"T\",\"notes\":\"N\",\"tag_names\":[\"t\"]}");

    JsonNode patched = alice.patch(path(made), "{\"description\":\"D\"}").expect(200).json();
    assertThat(patched.get("title").asString()).isEqualTo("T");
    assertThat(patched.get("description").asString()).isEqualTo("D");
    assertThat(patched.get("tag_names").toString()).isEqualTo("[\"t\"]");
    JsonNode put =
        alice
            .put(path(made), "{\"url\":\"https://b.example/\",\"tag_names\":[],\"title\":null}")
            .expect(200)
            .json();
    assertThat(put.get("url").asString()).isEqualTo("https://b.example/");
    assertThat(put.get("title").asString()).isEmpty();
    assertThat(put.get("notes").asString()).isEqualTo("N");
    assertThat(put.get("tag_names")).isEmpty();
    assertThat(alice.put(path(made), "{\"title\":\"x\"}").expect(400).text())
        .isEqualTo("{\"url\":[\"This field is required.\"]}");
    assertThat(alice.patch(path(made), "{\"url\":\"\"}").expect(400).text())
        .isEqualTo("{\"url\":[\"This field may not be blank.\"]}");
  }

  @Test
  void refusesTheUrlOfAnotherBookmark() {
    make("{\"url\":\"https://a.example/\"}");
    JsonNode other = make("{\"url\":\"https://b.example/\"}");
    for (AppClient.Answer answer :
        List.of(
            alice.put(path(other), "{\"url\":\"https://a.example/\"}"),
            alice.patch(path(other), "{\"url\":\"https://a.example/\"}"))) {
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.text())
          .isEqualTo("{\"url\":[\"A bookmark with this URL already exists.\"]}");
    }
  }

  @Test
  void archivesUnarchivesAndDeletesWithoutAnAnswer() {
    JsonNode made = make("{\"url\":\"https://a.example/\"}");
    AppClient.Answer archived = alice.post(path(made) + "archive/", "");
    assertThat(archived.status()).isEqualTo(204);
    assertThat(archived.text()).isEmpty();
    assertThat(alice.get(path(made)).json().get("is_archived").asBoolean()).isTrue();
    assertThat(alice.post(path(made) + "unarchive/", "").status()).isEqualTo(204);
    assertThat(alice.get(path(made)).json().get("is_archived").asBoolean()).isFalse();
    assertThat(alice.delete(path(made)).status()).isEqualTo(204);
    assertThat(alice.get(path(made)).expect(404).text())
        .isEqualTo("{\"detail\":\"No Bookmark matches the given query.\"}");
    JsonNode again = make("{\"url\":\"https://a.example/\"}");
    assertThat(again.get("id")).isNotEqualTo(made.get("id"));
  }

  @Test
  void knowsNothingOfOthersBookmarks() {
    JsonNode made = make("{\"url\":\"https://a.example/\",\"shared\":true}");
    AppClient bob = app.as("bob");
    for (AppClient.Answer answer :
        List.of(
            bob.get(path(made)),
            bob.patch(path(made), "{\"title\":\"x\"}"),
            bob.delete(path(made)),
            bob.post(path(made) + "archive/", ""),
            bob.get(path(made) + "assets/"),
            alice.get(BOOKMARKS + "0/"),
            alice.get(BOOKMARKS + "99999999999/"),
            alice.get(BOOKMARKS + "abc/"))) {
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.text()).isEqualTo("{\"detail\":\"No Bookmark matches the given query.\"}");
    }
  }

  @Test
  void letsInWithATokenOnlyAndWritesWithItsScopeOnly() {
    JsonNode made = make("{\"url\":\"https://a.example/\"}");
    AppClient.Answer anonymous = app.as("").get(BOOKMARKS);
    assertThat(anonymous.status()).isEqualTo(401);
    assertThat(anonymous.text())
        .isEqualTo("{\"detail\":\"Authentication credentials were not provided.\"}");
    assertThat(anonymous.header("WWW-Authenticate")).isEqualTo("Token");
    AppClient.Answer wrong = app.as("mallory").get(BOOKMARKS);
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.text()).isEqualTo("{\"detail\":\"Invalid token.\"}");
    assertThat(wrong.header("WWW-Authenticate")).isEqualTo("Token");
    AppClient reader = app.as(name.replace("user", "reader"));
    assertThat(reader.get(path(made)).status()).isEqualTo(200);
    assertThat(reader.delete(path(made)).expect(403).json())
        .isEqualTo(
            tools.jackson.databind.json.JsonMapper.shared()
                .valueToTree(
                    Map.of(
                        "detail",
                        "The token does not allow this (expected: the scope bookmarks:write).")));
  }

  @Test
  void takesNoOtherMethod() {
    AppClient.Answer answer = alice.delete(BOOKMARKS);
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.json().has("detail")).isTrue();
    assertThat(answer.header("Allow")).contains("GET").contains("POST");
  }
}

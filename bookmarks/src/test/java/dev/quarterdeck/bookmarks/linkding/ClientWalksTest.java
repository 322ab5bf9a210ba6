package dev.quarterdeck.bookmarks.linkding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.bookmarks.app.AppClient;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What real clients send, one after the other, and what they need of the answers.
class ClientWalksTest extends LinkdingTest {
  @Test
  void browserExtensionConnectsSavesAndRemoves() {
    assertThat(alice.get(BOOKMARKS + "?limit=1").expect(200).json().has("results")).isTrue();
    assertThat(alice.get(API + "/user/profile/").expect(200).json().has("tag_search")).isTrue();
    assertThat(alice.get(API + "/tags/?limit=5000").expect(200).json().has("results")).isTrue();
    JsonNode check =
        alice.get(BOOKMARKS + "check/?url=https%3A%2F%2Fext.example%2F").expect(200).json();
    assertThat(check.get("bookmark").isNull()).isTrue();
    AppClient.Answer saved =
        alice.post(
            BOOKMARKS + "?disable_scraping&disable_html_snapshot",
            "{\"url\":\"https://ext.example/\",\"title\":\"E\",\"description\":\"\",\"notes\":\"\","
                + "\"unread\":false,\"shared\":false,\"tag_names\":[\"a\"]}");
    assertThat(saved.status()).isEqualTo(201);
    assertThat(saved.header("Content-Type")).isEqualTo("application/json");
    assertThat(alice.get(path(saved.json())).expect(200).json()).isEqualTo(saved.json());
    JsonNode found = alice.get(BOOKMARKS + "?q=ext&limit=5").expect(200).json();
    assertThat(found.get("count").asInt()).isEqualTo(1);
    assertThat(alice.delete(path(saved.json())).status()).isEqualTo(204);
    assertThat(
            alice
                .post(BOOKMARKS + "?disable_scraping", "{\"url\":\"x\"}")
                .expect(400)
                .json()
                .has("url"))
        .isTrue();
  }

  @Test
  void phoneListsEditsAndArchives() {
    JsonNode made = make("{\"url\":\"https://phone.example/\",\"tag_names\":[\"p\"]}");
    JsonNode listed =
        alice.get(BOOKMARKS + "?limit=100&offset=0").expect(200).json().at("/results/0");
    assertThat(listed.get("id").isInt()).isTrue();
    assertThat(listed.get("date_added").isString()).isTrue();
    assertThat(
            alice
                .put(
                    path(made),
                    "{\"url\":\"https://phone.example/\",\"title\":\"P\",\"description\":\"\","
                        + "\"notes\":\"\",\"is_archived\":false,\"unread\":true,\"shared\":false,"
                        + "\"tag_names\":[\"p\",\"q\"]}")
                .expect(200)
                .json()
                .get("unread")
                .asBoolean())
        .isTrue();
    assertThat(alice.post(path(made) + "archive/", "").status()).isEqualTo(204);
    assertThat(alice.get(BOOKMARKS + "archived/?limit=100").json().get("count").asInt())
        .isEqualTo(1);
    assertThat(alice.post(path(made) + "unarchive/", "").status()).isEqualTo(204);
    assertThat(alice.post(API + "/tags/", "{\"name\":\"new\"}").status()).isEqualTo(201);
    JsonNode patched =
        alice.patch(path(made), "{\"title\":\"\",\"description\":null}").expect(200).json();
    assertThat(patched.get("title").isString()).isTrue();
  }

  @Test
  void aiolinkdingReadsEverything() {
    String version = app.as("").get("/linkding/health").json().get("version").asString();
    assertThat(Integer.parseInt(version.split("\\.", -1)[1])).isGreaterThanOrEqualTo(22);
    JsonNode made = make("{\"url\":\"https://aio.example/\",\"title\":\"A\"}");
    for (String path :
        new String[] {
          BOOKMARKS + "?q=a&limit=10&offset=0",
          BOOKMARKS + "archived/?q=&limit=10",
          path(made),
          API + "/tags/?limit=10&offset=0",
          API + "/user/profile/"
        }) {
      assertThat(alice.get(path).status()).as(path).isEqualTo(200);
    }
    assertThat(alice.patch(path(made), "{\"title\":\"B\"}").json().get("title").asString())
        .isEqualTo("B");
    assertThat(alice.delete(path(made)).status()).isEqualTo(204);
  }

  @Test
  void desktopAppletSynchronises() {
    make("{\"url\":\"https://c.example/\",\"shared\":true}");
    assertThat(alice.get(API + "/user/profile/").status()).isEqualTo(200);
    for (String list : new String[] {"", "archived/", "shared/"}) {
      JsonNode page = alice.get(BOOKMARKS + list + "?limit=50&offset=0").expect(200).json();
      assertThat(page.has("next")).isTrue();
      assertThat(page.get("results").isArray()).isTrue();
    }
    assertThat(
            alice
                .get(BOOKMARKS + "check/?url=https%3A%2F%2Fc.example&disable_scraping=true")
                .expect(200)
                .json()
                .at("/bookmark/url")
                .asString())
        .isEqualTo("https://c.example/");
  }

  @Test
  void comesInWithEitherKeywordInAnyCase() {
    for (String keyword : new String[] {"Token", "token", "Bearer", "BEARER"}) {
      AppClient.Answer answer =
          alice.send(
              app.as("").request(BOOKMARKS).header("Authorization", keyword + " " + name).GET());
      assertThat(answer.status()).as(keyword).isEqualTo(200);
    }
  }
}

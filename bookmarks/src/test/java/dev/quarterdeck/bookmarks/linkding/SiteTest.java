package dev.quarterdeck.bookmarks.linkding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.bookmarks.app.AppClient;
import java.net.URI;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SiteTest extends LinkdingTest {
  @Test
  void isHealthyWithoutALogin() {
    for (String path : new String[] {"/linkding/health", "/linkding/health/"}) {
      assertThat(app.as("").get(path).expect(200).text())
          .isEqualTo("{\"version\":\"1.46.2\",\"status\":\"healthy\"}");
    }
    assertThat(app.as("").get("/linkding/api/").status()).isEqualTo(200);
  }

  @Test
  void showsAProfile() {
    assertThat(alice.get(API + "/user/profile/").expect(200).text())
        .isEqualTo(
            "{\"theme\":\"auto\",\"bookmark_date_display\":\"relative\","
                + "\"bookmark_link_target\":\"_blank\",\"web_archive_integration\":\"disabled\","
                + "\"tag_search\":\"strict\",\"enable_sharing\":true,"
                + "\"enable_public_sharing\":false,\"enable_favicons\":false,"
                + "\"display_url\":false,\"permanent_notes\":false,"
                + "\"search_preferences\":{\"sort\":\"added_desc\",\"shared\":\"off\",\"unread\":\"off\"},"
                + "\"version\":\"1.46.2\"}");
    assertThat(app.as("").get(API + "/user/profile/").status()).isEqualTo(401);
  }

  @Test
  void handsBookmarkletsToTheConsole() {
    AppClient.Answer answer =
        app.as("").get("/linkding/bookmarks/new?url=https%3A%2F%2Fa.example%2F%3Fb%26c&auto_close");
    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.header("Location"))
        .isEqualTo("/bookmarks?url=https%3A%2F%2Fa.example%2F%3Fb%26c&auto_close=");
  }

  @Test
  void describesItselfToBrowsersAndPhones() {
    AppClient.Answer search = app.as("").get("/linkding/opensearch.xml");
    assertThat(search.header("Content-Type")).isEqualTo("application/opensearchdescription+xml");
    assertThat(search.text())
        .contains("template=\"" + app.address() + "/bookmarks?q={searchTerms}\"");
    assertThat(
            app.as("").get("/linkding/manifest.json").json().at("/share_target/action").asString())
        .isEqualTo("/linkding/bookmarks/new");
  }

  @Test
  void feedsReadersThatHaveTheKey() {
    make(
        "{\"url\":\"https://a.example/?a=1&b=2\",\"title\":\"A <b> &"
            + " \\u0007\",\"tag_names\":[\"t\"]}");
    make("{\"url\":\"https://b.example/\",\"unread\":true}");
    JsonNode key = alice.get("/api/v1/bookmarks/feed-key").expect(200).json();
    assertThat(alice.get("/api/v1/bookmarks/feed-key").json()).isEqualTo(key);
    AppClient reader = app.as("");

    AppClient.Answer all = reader.get(URI.create(key.get("all").asString()).getPath()).expect(200);
    assertThat(all.header("Content-Type")).isEqualTo("application/rss+xml; charset=utf-8");
    assertThat(all.text())
        .contains("<link>https://a.example/?a=1&amp;b=2</link>")
        .contains("<title>A &lt;b&gt; &amp; \ufffd</title>")
        .contains("<category>t</category>")
        .contains("<pubDate>Thu, 15 Jan 2026 12:00:00 GMT</pubDate>");
    String unread = URI.create(key.get("unread").asString()).getPath();
    assertThat(reader.get(unread).text()).contains("b.example").doesNotContain("a.example");
    assertThat(reader.get(URI.create(key.get("all").asString()).getPath() + "?q=%23t").text())
        .contains("a.example")
        .doesNotContain("b.example");
    assertThat(reader.get("/linkding/feeds/shared").expect(200).text()).doesNotContain("<item>");
    alice.post("/api/v1/bookmarks/feed-key", "").expect(200);
    assertThat(reader.get(unread).expect(404).text())
        .isEqualTo("{\"detail\":\"No FeedToken matches the given query.\"}");
    assertThat(app.as("").get("/api/v1/bookmarks/feed-key").status()).isEqualTo(401);
  }
}

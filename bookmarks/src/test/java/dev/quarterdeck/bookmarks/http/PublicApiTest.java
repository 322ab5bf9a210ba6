package dev.quarterdeck.bookmarks.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.bookmarks.http.Api.Answer;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;

/// What opens without a login: public links and feeds.
class PublicApiTest {
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
  void opensABookmarkByItsLinkUntilItExpires() {
    String one = ROOT + "/" + make("<script>alert('x')</script> & co");
    String end = api.clock.instant().plus(Duration.ofHours(1)).toString();
    JsonNode link =
        api.send("anna", "PUT", one + "/public-link", "{\"expires_at\":\"" + end + "\"}")
            .expect(200)
            .json()
            .get("public_link");
    assertThat(link.get("token").asString()).hasSize(32);
    String json = "/api/v1/public/bookmarks/" + link.get("token").asString();
    Answer open = api.get("", json).expect(200);
    assertThat(open.at("url")).isEqualTo("https://example.com/a?b=1&c=2");
    assertThat(open.json().has("notes")).isFalse();
    Answer page = api.get("", link.get("url").asString()).expect(200);
    assertThat(page.text())
        .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; co")
        .contains("href=\"https://example.com/a?b=1&amp;c=2\"")
        .doesNotContain("<script");
    api.clock.advance(Duration.ofHours(1));
    assertThat(api.get("", json).status()).isEqualTo(404);
    assertThat(api.get("", link.get("url").asString()).status()).isEqualTo(404);
  }

  @Test
  void endsALinkAtOnce() {
    String one = ROOT + "/" + make("A");
    api.send("anna", "PUT", one + "/public-link", "{}").expect(200);
    String path = path(one);
    api.get("", path).expect(200);
    api.delete("anna", one).expect(204);
    assertThat(api.get("", path).status()).isEqualTo(404);
    api.post("anna", one + "/restore").expect(200);
    api.get("", path).expect(200);
    api.delete("anna", one + "/public-link").expect(200);
    assertThat(api.get("", path).status()).isEqualTo(404);
    assertThat(api.get("", "/api/v1/public/bookmarks/guess").status()).isEqualTo(404);
    Answer past =
        api.send("anna", "PUT", one + "/public-link", "{\"expires_at\":\"2001-01-01T00:00:00Z\"}");
    assertThat(past.status()).isEqualTo(422);
    assertThat(past.text()).contains("Input should be in the future");
  }

  @Test
  void feedsAtomByToken() throws Exception {
    make("A \u0001 <b>");
    JsonNode feeds = api.get("anna", ROOT + "/feeds").expect(200).json();
    assertThat(api.get("anna", ROOT + "/feeds").json()).isEqualTo(feeds);
    for (JsonNode feed : feeds.get("feeds").values()) {
      Answer answer = api.get("", feed.get("url").asString()).expect(200);
      assertThat(answer.header("Content-Type")).startsWith("application/atom+xml");
      Document atom =
          DocumentBuilderFactory.newDefaultInstance()
              .newDocumentBuilder()
              .parse(new InputSource(new StringReader(answer.text())));
      int entries = feed.get("name").asString().equals("all") ? 1 : 0;
      assertThat(atom.getElementsByTagName("entry").getLength())
          .as(feed.get("name").asString())
          .isEqualTo(entries);
    }
    String all = feeds.get("feeds").get(0).get("url").asString();
    assertThat(api.get("", all.replace("/all", "/odd")).status()).isEqualTo(404);
    assertThat(api.get("", "/feeds/bookmarks/guess/all").status()).isEqualTo(404);
    api.post("anna", ROOT + "/feeds/renew").expect(200);
    assertThat(api.get("", all).status()).isEqualTo(404);
  }

  private String path(String one) {
    return api.get("anna", one).json().get("public_link").get("url").asString();
  }

  private String make(String title) {
    Map<String, String> body = Map.of("url", "https://example.com/a?b=1&c=2", "title", title);
    return api.post("anna", ROOT, body).expect(201).at("id");
  }
}

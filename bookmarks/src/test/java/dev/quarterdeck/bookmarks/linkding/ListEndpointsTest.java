package dev.quarterdeck.bookmarks.linkding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.bookmarks.app.AppClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ListEndpointsTest extends LinkdingTest {
  @BeforeEach
  void fill() {
    make(
        """
        {"url":"https://one.example/","title":"Beta","tag_names":["java","web"],"unread":true,
         "date_added":"2024-01-01T00:00:00Z","date_modified":"2024-03-01T00:00:00.000100Z"}
        """);
    make(
        """
        {"url":"https://two.example/","title":"alpha","notes":"straße","shared":true,
         "date_added":"2024-01-02T00:00:00Z","date_modified":"2024-02-01T00:00:00Z"}
        """);
    make(
        """
        {"url":"https://three.example/","title":"Gamma","tag_names":["java"],
         "date_added":"2024-01-03T00:00:00Z","date_modified":"2024-03-01T00:00:00.000200Z"}
        """);
    make(
        """
        {"url":"https://old.example/","title":"Old","is_archived":true,"tag_names":["java"],
         "date_added":"2023-01-03T00:00:00Z"}
        """);
  }

  private List<String> titles(String path) {
    List<String> titles = new ArrayList<>();
    JsonNode answer = alice.get(path).expect(200).json();
    answer.get("results").forEach(each -> titles.add(each.get("title").asString()));
    return titles;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "''|Gamma,alpha,Beta",
        "sort=added_asc|Beta,alpha,Gamma",
        "sort=added_desc|Gamma,alpha,Beta",
        "sort=modified_asc|alpha,Beta,Gamma",
        "sort=modified_desc|Gamma,Beta,alpha",
        "sort=title_asc|alpha,Beta,Gamma",
        "sort=title_desc|Gamma,Beta,alpha",
        "sort=nonsense|Gamma,alpha,Beta",
        "unread=yes|Beta",
        "unread=no|Gamma,alpha",
        "unread=off|Gamma,alpha,Beta",
        "shared=yes|alpha",
        "shared=no|Gamma,Beta",
        "q=%23java|Gamma,Beta",
        "q=%23JAVA+not+%23web|Gamma",
        "q=alpha+or+beta|alpha,Beta",
        "q=%21untagged|alpha",
        "q=%21unread|Beta",
        "q=TRASSE|alpha",
        "q=two.exam|alpha",
        "q=java|none",
        "q=%28|none",
        "q=%23java&unread=no|Gamma",
        "modified_since=2024-03-01T00:00:00.000100Z|Gamma",
        "modified_since=2024-03-01T00:00:00.000099Z|Gamma,Beta",
        "modified_since=2024-03-01T00:00:00.000200Z|none",
        "modified_since=nonsense|Gamma,alpha,Beta",
        "added_since=2024-01-01T00:00:00Z|Gamma,alpha",
        "added_since=2024-01-01T00:00:00Z&q=%23java|Gamma",
        "limit=1&offset=1|alpha",
        "limit=0&offset=-1|Gamma,alpha,Beta",
        "limit=x&offset=y|Gamma,alpha,Beta",
        "limit=1000000|Gamma,alpha,Beta",
        "offset=7|none",
        "bundle=77|Gamma,alpha,Beta"
      })
  void listsFiltersAndSorts(String query, String expected) {
    assertThat(titles(BOOKMARKS + "?" + query))
        .isEqualTo(expected == null ? List.of() : List.of(expected.split(",")));
  }

  @Test
  void keepsTheArchiveApart() {
    assertThat(titles(BOOKMARKS + "archived/")).containsExactly("Old");
    assertThat(titles(BOOKMARKS + "archived/?q=%23java")).containsExactly("Old");
    assertThat(titles(BOOKMARKS + "archived/?q=%23web")).isEmpty();
  }

  @Test
  void pagesWithAbsoluteAddresses() {
    JsonNode page = alice.get(BOOKMARKS + "?limit=1&offset=1&sort=added_asc&q=").json();
    String base = app.address() + BOOKMARKS;

    assertThat(page.get("count").asInt()).isEqualTo(3);
    assertThat(page.get("next").asString()).isEqualTo(base + "?limit=1&offset=2&q=&sort=added_asc");
    assertThat(page.get("previous").asString()).isEqualTo(base + "?limit=1&q=&sort=added_asc");
    List<String> all = new ArrayList<>();
    String next = "/linkding/api/bookmarks/?limit=2";
    while (next != null) {
      JsonNode answer = alice.get(next).expect(200).json();
      answer.get("results").forEach(each -> all.add(each.get("title").asString()));
      next = answer.get("next").isNull() ? null : answer.get("next").asString();
    }
    assertThat(all).containsExactly("Gamma", "alpha", "Beta");
    assertThat(alice.get(BOOKMARKS).text())
        .startsWith("{\"count\":3,\"next\":null,\"previous\":null,\"results\":[{\"id\":");
  }

  @Test
  void showsSharedBookmarksToTheTeamAndToNobodyElse() {
    AppClient bob = app.as("bob");
    JsonNode seen = bob.get(BOOKMARKS + "shared/?user=" + name).expect(200).json();
    assertThat(seen.get("count").asInt()).isEqualTo(1);
    assertThat(seen.at("/results/0/title").asString()).isEqualTo("alpha");
    assertThat(bob.get(BOOKMARKS + "shared/?user=" + name).json().get("count").asInt())
        .isEqualTo(1);
    assertThat(bob.get(BOOKMARKS + "shared/?user=bob").json().get("count").asInt()).isZero();
    assertThat(bob.get(BOOKMARKS + "shared/?user=who").json().get("count").asInt()).isZero();
    assertThat(bob.get(BOOKMARKS + "shared/?q=gamma").json().get("count").asInt()).isZero();
    assertThat(app.as("").get(BOOKMARKS + "shared/").expect(200).json().get("count").asInt())
        .isZero();
  }

  @Test
  void tellsWhetherAUrlIsSavedAndWhatItsPageSays() {
    String url = URLEncoder.encode("https://ONE.example", StandardCharsets.UTF_8);
    JsonNode known = alice.get(BOOKMARKS + "check/?url=" + url).expect(200).json();
    assertThat(known.at("/bookmark/title").asString()).isEqualTo("Beta");
    assertThat(known.get("auto_tags").toString()).isEqualTo("[]");
    assertThat(known.get("metadata").toString())
        .isEqualTo(
            "{\"url\":\"https://ONE.example\",\"title\":\"Page title\",\"description\":\"Page"
                + " description\",\"preview_image\":\"https://pictures.example/1.png\"}");
    assertThat(alice.get(BOOKMARKS + "check/?ignore_cache=true&url=" + url).text())
        .contains("\"title\":\"Fresh title\"");
    assertThat(
            alice.get(BOOKMARKS + "check/?url=https%3A%2F%2Fbroken.example%2F").expect(200).text())
        .isEqualTo(
            "{\"bookmark\":null,\"metadata\":{\"url\":\"https://broken.example/\",\"title\":null,"
                + "\"description\":null,\"preview_image\":null},\"auto_tags\":[]}");
    assertThat(alice.get(BOOKMARKS + "check/?disable_scraping=true&url=" + url).text())
        .contains("\"title\":null");
    assertThat(alice.get(BOOKMARKS + "check/?url=javascript%3Aalert(1)").expect(200).text())
        .contains("\"title\":null");
    assertThat(alice.get(BOOKMARKS + "check/").expect(400).text())
        .isEqualTo("{\"url\":[\"This field is required.\"]}");
  }
}

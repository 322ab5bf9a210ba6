package dev.quarterdeck.server.bookmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.server.TestClient.Answer;
import dev.quarterdeck.server.TestServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The rows of search over real HTTP.
class SearchApiTest {
  private static TestServer server;
  private static Caller user;
  private static Caller admin;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.start();
    user = Caller.user(server);
    admin = Caller.admin(server);
    user.save("https://a.example/java", "Java guide", "java", "lang");
    user.save("https://a.example/go", "Go guide", "lang");
    String archived = user.save("https://b.example/old", "Old guide");
    String trashed = user.save("https://b.example/gone", "Gone guide", "lang");
    admin.save("https://a.example/secret", "Secret guide", "java");
    change("archive", archived);
    change("trash", trashed);
  }

  private static void change(String action, String id) throws IOException, InterruptedException {
    JsonNode job = user.post(Caller.BULK, Map.of("action", action, "ids", List.of(id)), 202);
    BulkApiTest.await(user, job.get("id").asString());
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @Test
  void findsInTheOrderAskedFor() throws IOException, InterruptedException {
    assertThat(user.titles("guide", "")).containsExactly("Old guide", "Go guide", "Java guide");
    assertThat(user.titles("guide", "&order=oldest"))
        .containsExactly("Java guide", "Go guide", "Old guide");
    assertThat(user.titles("guide", "&order=title"))
        .containsExactly("Go guide", "Java guide", "Old guide");
    assertThat(user.titles("guide", "&order=modified").getFirst()).isEqualTo("Old guide");
    assertThat(user.titles("java or go", "&order=relevance"))
        .containsExactlyInAnyOrder("Java guide", "Go guide");
    assertThat(user.titles("", "")).hasSize(3);
  }

  @Test
  void findsByTagsSitesAndExclusions() throws IOException, InterruptedException {
    assertThat(user.titles("#lang -java", "")).containsExactly("Go guide");
    assertThat(user.titles("site:b.example", "")).containsExactly("Old guide");
    assertThat(user.titles("guide not (java or go)", "")).containsExactly("Old guide");
    assertThat(user.titles("title:\"go guide\"", "")).containsExactly("Go guide");
    assertThat(user.titles("guide after:2999", "")).isEmpty();
  }

  @Test
  void keepsToTheStatusAskedForAndNeverFindsTheTrash() throws IOException, InterruptedException {
    assertThat(user.titles("guide", "&status=active")).containsExactly("Go guide", "Java guide");
    assertThat(user.titles("guide", "&status=archived")).containsExactly("Old guide");
    for (String status : List.of("all", "active", "archived")) {
      assertThat(user.titles("gone", "&status=" + status)).as(status).isEmpty();
    }
  }

  @Test
  void nobodySeesWhatAnotherHas() throws IOException, InterruptedException {
    assertThat(admin.titles("guide", "")).containsExactly("Secret guide");
    assertThat(admin.titles("", "")).containsExactly("Secret guide");
    assertThat(admin.titles("not secret", "")).isEmpty();
    assertThat(user.titles("secret or #java", "")).containsExactly("Java guide");
    JsonNode facets = admin.search("", "&facets=true").get("facets");
    assertThat(facets.get("tags").findValuesAsString("name")).containsExactly("java");
    assertThat(facets.get("sites").findValuesAsString("site")).containsExactly("a.example");
  }

  @Test
  void countsAllMatchesInFacetsWhenAsked() throws IOException, InterruptedException {
    assertThat(user.search("guide", "").get("facets").isNull()).isTrue();
    JsonNode page = user.search("guide", "&facets=true&limit=1");
    JsonNode facets = page.get("facets");
    assertThat(page.get("bookmarks").size()).isOne();
    assertThat(page.get("total").asInt()).isEqualTo(3);
    assertThat(facets.at("/tags/0/name").asString()).isEqualTo("lang");
    assertThat(facets.at("/tags/0/count").asInt()).isEqualTo(2);
    assertThat(facets.at("/tags/1/name").asString()).isEqualTo("java");
    assertThat(facets.at("/sites/0/site").asString()).isEqualTo("a.example");
    assertThat(facets.at("/sites/0/count").asInt()).isEqualTo(2);
    assertThat(facets.get("archived").asInt()).isOne();
    assertThat(facets.get("untagged").asInt()).isOne();
  }

  @Test
  void marksWhereTheWordsStand() throws IOException, InterruptedException {
    JsonNode hit = user.search("JAVA -old", "").at("/bookmarks/0");
    assertThat(hit.get("highlights").toString())
        .isEqualTo("{\"title\":[{\"from\":0,\"to\":4}],\"url\":[{\"from\":18,\"to\":22}]}");
  }

  @Test
  void goesThroughAllPagesWithCursors() throws IOException, InterruptedException {
    List<String> titles = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = user.search("guide", "&limit=1" + cursor);
      titles.add(page.at("/bookmarks/0/title").asString());
      cursor =
          page.get("next_cursor").isNull() ? "" : "&cursor=" + page.get("next_cursor").asString();
    } while (!cursor.isEmpty());
    assertThat(titles).containsExactly("Old guide", "Go guide", "Java guide");
    refused(user.ask("guide", "&cursor=nonsense"), "cursor_invalid", "cursor: not one of this");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "(java             | q: column 1: this parenthesis is not closed (expected: a ')')",
        "java)             | q: column 5: nothing is open that this ')' could close",
        "java or           | q: column 8: found the end",
        "is:pink           | q: column 4: is:pink (expected: one of ",
        "is:trashed        | the trash is listed, and never searched",
        "go after:someday  | q: column 10: after:someday (expected: a date: 2026-01-31",
        "site:             | q: column 6: site: has no value (expected: a host",
      })
  void saysWhatStandsWhereInABadQuery(String query, String message)
      throws IOException, InterruptedException {
    refused(user.ask(query, ""), "query_invalid", message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "order=random   | order: random (expected: one of modified, newest, oldest, relevance,"
            + " title)",
        "order=         | order:  (expected: one of",
        "status=trashed | status: trashed (expected: one of active, all, archived)",
        "facets=maybe   | facets: maybe (expected: one of false, true)",
        "limit=0        | Input should be greater than or equal to 1",
        "limit=501      | Input should be less than or equal to 500",
        "limit=ten      | Input should be a valid integer",
        "limit=99999999999 | Input should be less than or equal to 500",
      })
  void saysWhatABadParameterShouldBe(String parameter, String message)
      throws IOException, InterruptedException {
    Answer answer = user.ask("guide", "&" + parameter);
    assertThat(answer.status()).isBetween(400, 422);
    assertThat(answer.text()).contains(message);
  }

  @Test
  void takesLongAndDeepQueriesOrSaysNo() throws IOException, InterruptedException {
    assertThat(user.search("x".repeat(2_000), "").get("total").asInt()).isZero();
    for (String query :
        List.of(
            "x".repeat(10_000),
            "x ".repeat(3_000),
            "(".repeat(1_000) + "java" + ")".repeat(1_000),
            "not (a ".repeat(300) + ")".repeat(300),
            "(".repeat(3_000))) {
      assertThat(user.ask(query, "").status()).as(query.substring(0, 20)).isIn(200, 400, 414, 431);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\\", "\"", "* ? ~ ^ [a TO b] +x &&", "\u0000", "🦊 é ß ﬁ", "--", "#", "!"})
  void takesSignsAsTheyStand(String query) throws IOException, InterruptedException {
    assertThat(user.ask(query, "&facets=true").status()).isIn(200, 400);
  }

  @Test
  void showsItsIndexAndLetsAdministratorsRebuildIt() throws IOException, InterruptedException {
    String index = Caller.SEARCH + "/index";
    assertThat(user.get(index).get("bookmarks").asInt()).isGreaterThanOrEqualTo(4);
    assertThat(user.client().post(index + "/rebuild", Map.of()).status()).isEqualTo(403);
    admin.post(index + "/rebuild", Map.of(), 202);
    assertThat(user.titles("guide", "")).hasSize(3);
  }

  private static void refused(Answer answer, String code, String message) {
    assertThat(answer.expect(400).text()).contains(code);
    assertThat(answer.json().toString().replace("\\\"", "\"")).contains(message);
  }
}

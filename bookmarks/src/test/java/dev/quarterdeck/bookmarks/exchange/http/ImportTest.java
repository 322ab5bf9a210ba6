package dev.quarterdeck.bookmarks.exchange.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.bookmarks.Bookmark;
import dev.quarterdeck.bookmarks.BookmarkCollection;
import dev.quarterdeck.bookmarks.BookmarkDraft;
import dev.quarterdeck.bookmarks.Status;
import dev.quarterdeck.bookmarks.Tag;
import dev.quarterdeck.bookmarks.Visibility;
import dev.quarterdeck.bookmarks.app.AppClient;
import dev.quarterdeck.bookmarks.app.TestApp;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ImportTest {
  private static final String BASE = "/api/v1/bookmarks/imports";
  private static final String FILE =
      """
      <!DOCTYPE NETSCAPE-Bookmark-file-1>
      <DL><p>
      <DT><H3>Work</H3>
      <DL><p>
      <DT><H3>Java</H3>
      <DL><p>
      <DT><A HREF="https://a.example/" ADD_DATE="1600000000" TAGS="one,two" PRIVATE="0">A</A>
      <DD>About a
      </DL><p>
      <DT><A HREF="https://b.example/" ADD_DATE="1600000001" TOREAD="1">B</A>
      </DL><p>
      <DT><H3>Archived</H3>
      <DL><p>
      <DT><A HREF="https://a.example" ADD_DATE="1500000000" TAGS="three">Again</A>
      <DT><A HREF="javascript:alert(1)">Script</A>
      </DL><p>
      </DL><p>
      """;

  @TempDir Path directory;
  private TestApp app;
  private AppClient alice;

  @BeforeEach
  void start() {
    app = TestApp.in(directory);
    alice = app.as("alice");
  }

  @AfterEach
  void stop() {
    app.close();
  }

  private JsonNode run(String query, String file) {
    return alice.ended(alice.upload(BASE + query, file));
  }

  private Bookmark bookmark(String url) {
    return app.slice.bookmarks().findByUrl("u1", url).orElseThrow();
  }

  private List<String> tags(Bookmark bookmark) {
    return app.slice.tags().of("u1").resolve(bookmark.tags()).stream().map(Tag::name).toList();
  }

  @Test
  void storesWhatTheFileHoldsAndReportsIt() {
    JsonNode job = run("", FILE);

    assertThat(job.get("state").asString()).isEqualTo("completed");
    JsonNode report = job.get("result");
    assertThat(report.get("format").asString()).isEqualTo("netscape");
    assertThat(report.get("entries").asInt()).isEqualTo(4);
    assertThat(report.get("added").asInt()).isEqualTo(2);
    assertThat(report.get("merged").asInt()).isEqualTo(1);
    assertThat(report.get("skipped").asInt()).isEqualTo(1);
    assertThat(report.at("/problems/unsupported_scheme").asInt()).isEqualTo(1);
    assertThat(report.at("/problem_list/0/line").asInt()).isEqualTo(15);
    assertThat(report.at("/problem_list").toString())
        .contains("folder: Archived is a reserved name for a tag");
    Bookmark a = bookmark("https://a.example/");
    assertThat(a.title()).isEqualTo("A");
    assertThat(a.description()).isEqualTo("About a");
    assertThat(a.createdAt()).isEqualTo(Instant.ofEpochSecond(1_500_000_000));
    assertThat(a.visibility()).isEqualTo(Visibility.PRIVATE);
    assertThat(tags(a)).containsExactly("one", "two", "Work/Java", "three");
    assertThat(bookmark("https://b.example/").unread()).isTrue();
    assertThat(job.get("done").asInt()).isEqualTo(job.get("total").asInt()).isEqualTo(3);
  }

  @Test
  void addsNothingTheSecondTime() {
    run("", FILE);
    JsonNode again = run("", FILE).get("result");

    assertThat(again.get("added").asInt()).isZero();
    assertThat(again.get("merged").asInt()).isZero();
    assertThat(again.get("unchanged").asInt()).isEqualTo(3);
    assertThat(app.slice.lists().total("u1", Status.ACTIVE)).isEqualTo(2);
    assertThat(bookmark("https://a.example/").version()).isEqualTo(1);
  }

  @Test
  void keepsWhatABookmarkHasAndAddsWhatItLacks() {
    app.slice.bookmarks().create("u1", BookmarkDraft.of("https://A.example").title("My own title"));
    JsonNode report = run("", FILE).get("result");

    assertThat(report.get("merged").asInt()).isEqualTo(2);
    Bookmark a = bookmark("https://a.example/");
    assertThat(a.url()).isEqualTo("https://A.example");
    assertThat(a.title()).isEqualTo("My own title");
    assertThat(a.description()).isEqualTo("About a");
    assertThat(a.createdAt()).isEqualTo(Instant.ofEpochSecond(1_500_000_000));
    assertThat(tags(a)).contains("one", "three");
  }

  @Test
  void foretellsWithoutStoringAndThenRuns() {
    JsonNode job = run("?dry_run=true&folders=ignore&tag=imported&sharing=true", FILE);

    JsonNode report = job.get("result");
    assertThat(report.get("dry_run").asBoolean()).isTrue();
    assertThat(report.get("added").asInt()).isEqualTo(2);
    assertThat(report.get("merged").asInt()).isEqualTo(1);
    assertThat(report.at("/samples/0/url").asString()).isEqualTo("https://a.example/");
    assertThat(app.slice.lists().total("u1", Status.ACTIVE)).isZero();
    assertThat(app.slice.tags().of("u1").tags()).isEmpty();

    String id = job.get("id").asString();
    JsonNode real = alice.ended(alice.post(BASE + "/" + id + "/run", "")).get("result");
    assertThat(real.get("added").asInt()).isEqualTo(2);
    assertThat(tags(bookmark("https://b.example/"))).containsExactly("imported");
    assertThat(bookmark("https://a.example/").visibility()).isEqualTo(Visibility.TEAM);
  }

  @Test
  void foretellsThatASecondImportBringsNothing() {
    run("", FILE);
    JsonNode report = run("?dry_run=true", FILE).get("result");

    assertThat(report.get("added").asInt()).isZero();
    assertThat(report.get("merged").asInt()).isZero();
    assertThat(report.get("unchanged").asInt()).isEqualTo(3);
  }

  @Test
  void makesCollectionsOfFolders() {
    JsonNode report = run("?folders=collections", FILE).get("result");
    run("?folders=collections", FILE);

    assertThat(report.get("collections").asInt()).isEqualTo(3);
    assertThat(app.slice.collections().of("u1"))
        .extracting(BookmarkCollection::name)
        .containsExactlyInAnyOrder("Work/Java", "Archived", "Work");
    assertThat(app.slice.collections().of("u1"))
        .allSatisfy(collection -> assertThat(collection.bookmarkIds()).hasSize(1));
    assertThat(tags(bookmark("https://b.example/"))).isEmpty();
  }

  @Test
  void takesOtherSchemesByOption() {
    JsonNode report = run("?any_scheme=true", FILE).get("result");
    assertThat(report.get("added").asInt()).isEqualTo(3);
    assertThat(bookmark("javascript:alert(1)").title()).isEqualTo("Script");
  }

  @Test
  void refusesWhatIsNoFileOfBookmarks() {
    AppClient.Answer answer = alice.upload(BASE, "hello");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().get("code").asString()).isEqualTo("file_unreadable");
    assertThat(answer.json().get("detail").asString())
        .startsWith("file: begins with hello (expected: bookmarks as HTML");
    assertThat(alice.upload(BASE, "").json().get("detail").asString()).startsWith("file: empty");
    AppClient.Answer other = alice.upload(BASE + "?format=chrome_json", FILE);
    assertThat(other.json().get("detail").asString())
        .isEqualTo(
            "format: chrome_json, but the file looks like netscape (expected: leave the format"
                + " out, or send such a file)");
  }

  @Test
  void refusesWrongChoicesAllAtOnce() {
    AppClient.Answer answer =
        alice.upload(BASE + "?format=x&folders=y&dry_run=2&tag=trash&any_scheme=1&sharing=z", FILE);
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().get("detail")).hasSize(6);
    assertThat(answer.text())
        .contains("folders: y (expected: one of [tags, collections, ignore])")
        .contains("dry_run: 2 (expected: true or false)")
        .contains("tag: trash (expected: 1 to 64 characters, not reserved)");
  }

  @Test
  void showsNothingToOthersAndWritesNothingForReaders() {
    JsonNode job = run("", FILE);
    String path = BASE + "/" + job.get("id").asString();
    AppClient bob = app.as("bob");
    AppClient reader = app.as("reader");

    assertThat(bob.get(path).status()).isEqualTo(404);
    assertThat(bob.post(path + "/cancel", "").status()).isEqualTo(404);
    assertThat(bob.get(BASE).json().get("jobs")).isEmpty();
    assertThat(app.as("").get(path).status()).isEqualTo(401);
    assertThat(reader.get(path).status()).isEqualTo(200);
    assertThat(reader.get(BASE).json().get("jobs")).hasSize(1);
    AppClient.Answer refused = reader.upload(BASE, FILE);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.json().get("detail").asString())
        .isEqualTo("The API token lacks the scope bookmarks:write");
    assertThat(alice.post(path + "/run", "").json().get("code").asString())
        .isEqualTo("not_a_dry_run");
    assertThat(alice.post(path + "/cancel", "").json().get("state").asString())
        .isEqualTo("completed");
  }
}

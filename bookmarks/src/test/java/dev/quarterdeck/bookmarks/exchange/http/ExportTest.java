package dev.quarterdeck.bookmarks.exchange.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.bookmarks.Bookmark;
import dev.quarterdeck.bookmarks.BookmarkCollection;
import dev.quarterdeck.bookmarks.BookmarkDraft;
import dev.quarterdeck.bookmarks.BookmarkLists;
import dev.quarterdeck.bookmarks.PageMetadata;
import dev.quarterdeck.bookmarks.Status;
import dev.quarterdeck.bookmarks.Tag;
import dev.quarterdeck.bookmarks.TagColor;
import dev.quarterdeck.bookmarks.Visibility;
import dev.quarterdeck.bookmarks.app.AppClient;
import dev.quarterdeck.bookmarks.app.TestApp;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ExportTest {
  private static final String EXPORTS = "/api/v1/bookmarks/exports";
  private static final String IMPORTS = "/api/v1/bookmarks/imports";
  private static final String[] PIECES = {
    "plain", "<b>", "&amp;", "\"", "'", "ä", "漢字", "😀", " ", "\n", "\t", "|", ",", "\\", "[x]",
    "=1+1"
  };

  @TempDir Path directory;
  private TestApp app;

  @BeforeEach
  void start() {
    app = TestApp.in(directory);
  }

  @AfterEach
  void stop() {
    app.close();
  }

  private static String text(Random random, boolean lines) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      String piece = PIECES[random.nextInt(PIECES.length)];
      text.append(lines || !piece.isBlank() ? piece : " ");
    }
    return text.toString();
  }

  private void fill(Random random) {
    List<String> tags = new ArrayList<>();
    for (String name : List.of("one", "Two Words", "a/nested/tag", "with, comma", "pipe|d")) {
      tags.add(
          app.slice
              .tags()
              .create("user-from", name, TagColor.values()[tags.size()], "about " + name)
              .id());
    }
    for (int i = 0; i < 120; i++) {
      BookmarkDraft draft =
          BookmarkDraft.of(
                  "https://host%d.example/p?q=%d&r=\"x\"".formatted(i, i).replace("\"", "%22"))
              .title(text(random, true))
              .description(text(random, true))
              .notes(text(random, true))
              .tags(List.of(tags.get(random.nextInt(5)), tags.get(random.nextInt(5))))
              .unread(random.nextBoolean())
              .pinned(random.nextBoolean())
              .visibility(random.nextBoolean() ? Visibility.TEAM : Visibility.PRIVATE)
              .createdAt(
                  Instant.ofEpochSecond(1_600_000_000L + i, random.nextInt(1_000_000) * 1000L))
              .modifiedAt(Instant.ofEpochSecond(1_700_000_000L + i));
      if (i % 10 == 0) {
        draft.page(
            new PageMetadata(
                Optional.of("Page"),
                Optional.empty(),
                Optional.of("https://i.example/i.png"),
                Optional.empty(),
                Optional.of(Instant.parse("2025-01-01T00:00:00Z")),
                Optional.empty()));
      }
      draft.status(Status.values()[i % 3]);
      app.slice.bookmarks().create("user-from", draft);
    }
    String some =
        app.slice
            .bookmarks()
            .findByUrl("user-from", "https://host0.example/p?q=0&r=%22x%22")
            .orElseThrow()
            .id();
    BookmarkCollection manual =
        app.slice.collections().create("user-from", "Manual", BookmarkCollection.Type.MANUAL, "");
    app.slice.collections().add("user-from", manual.id(), some);
    app.slice.collections().create("user-from", "Smart", BookmarkCollection.Type.SMART, "#one");
    for (String bundle :
        List.of(
            "{\"name\":\"Reading  list\",\"search\":\"\\\"two  blanks\\\" x\",\"order\":7}",
            "{\"name\":\"Tags\",\"any_tags\":\"one a/nested/tag\",\"all_tags\":\"one\","
                + "\"excluded_tags\":\"pipe|d\",\"filter_unread\":\"yes\",\"filter_shared\":\"no\"}")) {
      app.as("user-from").post("/linkding/api/bundles/", bundle).expect(201);
    }
  }

  private String exported(String user, String order) {
    AppClient client = app.as(user);
    JsonNode job = client.ended(client.post(EXPORTS, order));
    assertThat(job.get("state").asString()).isEqualTo("completed");
    return client.get(EXPORTS + "/" + job.get("id").asString() + "/file").expect(200).text();
  }

  private void imported(String user, String query, String file) {
    AppClient client = app.as(user);
    JsonNode job = client.ended(client.upload(IMPORTS + query, file));
    assertThat(job.get("state").asString()).isEqualTo("completed");
    assertThat(job.at("/result/problems").toString()).isEqualTo("{}");
  }

  @Test
  void bringsBackEverythingByJson() {
    for (long seed = 1; seed <= 3; seed++) {
      stop();
      app = TestApp.in(directory.resolve("seed" + seed));
      fill(new Random(seed));
      String file = exported("user-from", "{\"format\":\"json\",\"trash\":true}");
      imported("user-to", "?sharing=true&folders=ignore", file);
      String again = exported("user-to", "{\"format\":\"json\",\"trash\":true}");

      assertThat(again.lines().map(ExportTest::bare).sorted().toList())
          .as("seed %d", seed)
          .isEqualTo(file.lines().map(ExportTest::bare).sorted().toList());
      imported("user-to", "?sharing=true&folders=ignore", file);
      assertThat(exported("user-to", "{\"format\":\"json\",\"trash\":true}")).isEqualTo(again);
    }
  }

  @Test
  void takesNoSavedSearchTwiceAndTellsWhatItCannotTake() {
    String two =
        """
        {"format":"quarterdeck-bookmarks","version":1,"tags":[],"bookmarks":[],
        "bundles":[{"name":"A","search":"x"},{"search":"nameless"},7,{"name":"A","search":"x"},
        {"name":"A","search":"y","filter_unread":"perhaps","date_created":"never"}]}
        """;
    AppClient client = app.as("user-to");
    JsonNode job = client.ended(client.upload(IMPORTS, two));
    assertThat(job.at("/result/problems").toString()).isEqualTo("{\"broken_entry\":2}");
    JsonNode bundles = client.get("/linkding/api/bundles/").expect(200).json();
    assertThat(bundles.get("count").asInt()).isEqualTo(2);
    assertThat(bundles.at("/results/1/search").asString()).isEqualTo("y");
    assertThat(bundles.at("/results/1/filter_unread").asString()).isEqualTo("off");
  }

  @Test
  void leavesOutSavedSearchesAboveTheGreatestNumber() {
    StringBuilder many = new StringBuilder("{\"format\":\"quarterdeck-bookmarks\",\"bundles\":[");
    for (int i = 0; i < 201; i++) {
      many.append(i == 0 ? "" : ",").append("{\"name\":\"b%d\"}".formatted(i));
    }
    AppClient client = app.as("user-to");
    JsonNode job = client.ended(client.upload(IMPORTS, many + "]}"));
    assertThat(job.get("state").asString()).isEqualTo("completed");
    assertThat(job.at("/result/problem_list/0/message").asString())
        .contains("bundle b200", "There are 200 bundles already, the greatest number");
  }

  /// Collections that were made in one moment come in any order.
  private static String bare(String line) {
    return line.endsWith(",") ? line.substring(0, line.length() - 1) : line;
  }

  @Test
  void bringsBackWhatHtmlAndCsvCanCarry() {
    fill(new Random(4));
    for (String format : List.of("netscape", "csv")) {
      String file = exported("user-from", "{\"format\":\"" + format + "\"}");
      imported("user-" + format, "?sharing=true&folders=ignore", file);
      List<Bookmark> before = all("user-from");
      List<Bookmark> after = all("user-" + format);
      assertThat(after).hasSameSizeAs(before);
      for (int i = 0; i < before.size(); i++) {
        Bookmark a = before.get(i);
        Bookmark b = after.get(i);
        assertThat(b.url()).isEqualTo(a.url());
        assertThat(b.title()).isEqualTo(a.title().replaceAll("\\s+", " ").strip());
        assertThat(b.description()).isEqualTo(a.description().strip());
        assertThat(b.notes()).isEqualTo(a.notes().strip());
        assertThat(b.status()).isEqualTo(a.status());
        assertThat(b.unread()).isEqualTo(a.unread());
        assertThat(b.visibility()).isEqualTo(a.visibility());
        assertThat(b.createdAt().getEpochSecond()).isEqualTo(a.createdAt().getEpochSecond());
        assertThat(names(b))
            .hasSameElementsAs(
                names(a).stream()
                    .map(
                        name ->
                            format.equals("csv") ? name.replace('|', ' ') : name.replace(",", ""))
                    .toList());
      }
    }
  }

  private List<String> names(Bookmark bookmark) {
    return app.slice.tags().of(bookmark.owner()).resolve(bookmark.tags()).stream()
        .map(Tag::name)
        .toList();
  }

  private List<Bookmark> all(String owner) {
    List<Bookmark> all = new ArrayList<>();
    for (Status status : List.of(Status.ACTIVE, Status.ARCHIVED)) {
      all.addAll(
          app.slice
              .lists()
              .of(owner, status, BookmarkLists.Sort.ADDED_ASCENDING, Optional.empty(), 1000)
              .bookmarks());
    }
    return all;
  }

  @Test
  void namesItsFileAndHidesItFromOthers() {
    AppClient alice = app.as("alice");
    JsonNode job = alice.ended(alice.post(EXPORTS, "{\"format\":\"netscape\"}"));
    String path = EXPORTS + "/" + job.get("id").asString();
    AppClient.Answer file = alice.get(path + "/file").expect(200);
    assertThat(file.header("Content-Disposition"))
        .isEqualTo("attachment; filename=\"bookmarks-2026-01-15.html\"");
    assertThat(file.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
    assertThat(app.as("bob").get(path + "/file").status()).isEqualTo(404);
    assertThat(app.as("reader").get(path + "/file").status()).isEqualTo(200);
    assertThat(alice.get(EXPORTS).json().get("jobs")).hasSize(1);
    assertThat(alice.post(path + "/cancel", "").expect(200).json().get("state").asString())
        .isEqualTo("completed");
  }

  @Test
  void refusesAWrongOrder() {
    AppClient.Answer answer = app.as("alice").post(EXPORTS, "{\"format\":\"pdf\",\"trash\":1}");
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.text())
        .contains("Input should be one of 'json', 'netscape', 'csv'")
        .contains("Input should be a valid boolean");
    assertThat(app.as("alice").post(EXPORTS, "{\"format\":\"csv\",\"trash\":true}").text())
        .contains("trash: true (expected: false, or the format json)");
  }
}

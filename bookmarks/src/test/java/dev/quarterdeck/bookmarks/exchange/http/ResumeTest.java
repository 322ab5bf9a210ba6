package dev.quarterdeck.bookmarks.exchange.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.bookmarks.Status;
import dev.quarterdeck.bookmarks.app.AppClient;
import dev.quarterdeck.bookmarks.app.TestApp;
import dev.quarterdeck.testing.Awaiting;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ResumeTest {
  private static final String BASE = "/api/v1/bookmarks/imports";
  private static final int COUNT = 3_000;

  @TempDir Path directory;

  private Path file() throws IOException {
    Path file = directory.resolve("many.html");
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p>\n");
      for (int i = 0; i < COUNT; i++) {
        out.write(
            "<DT><A HREF=\"https://many.example/%d\" TAGS=\"t%d\">%d</A>\n".formatted(i, i % 9, i));
      }
    }
    return file;
  }

  @Test
  void goesOnAfterAStopWithoutDuplicatesAndWithTheWholeReport() throws IOException {
    String path;
    try (TestApp app = TestApp.in(directory)) {
      AppClient.Answer accepted = app.as("alice").upload(BASE, file()).expect(202);
      path = accepted.header("Location");
      Awaiting.until("a chunk is stored", () -> app.slice.lists().total("u1", Status.ACTIVE) > 500);
    }
    try (TestApp app = TestApp.in(directory)) {
      JsonNode before = app.as("alice").get(path).json();
      assertThat(before.get("done").asInt()).isLessThanOrEqualTo(COUNT);
      Awaiting.until(
          "the import is done",
          () -> app.as("alice").get(path).json().get("state").asString().equals("completed"));
      JsonNode job = app.as("alice").get(path).json();
      assertThat(job.at("/result/entries").asInt()).isEqualTo(COUNT);
      assertThat(job.at("/result/added").asInt() + job.at("/result/unchanged").asInt())
          .isEqualTo(COUNT);
      assertThat(app.slice.lists().total("u1", Status.ACTIVE)).isEqualTo(COUNT);
      assertThat(app.slice.tags().of("u1").tags()).hasSize(9);
    }
  }

  @Test
  void endsWhenItsOwnerCancelsAndKeepsWhatIsStored() throws IOException {
    try (TestApp app = TestApp.in(directory)) {
      AppClient alice = app.as("alice");
      AppClient.Answer accepted = alice.upload(BASE, file());
      String path = accepted.header("Location");
      Awaiting.until("a chunk is stored", () -> app.slice.lists().total("u1", Status.ACTIVE) > 100);
      alice.post(path + "/cancel", "").expect(200);
      JsonNode job = alice.ended(accepted);
      assertThat(job.get("state").asString()).isIn("cancelled", "completed");
      assertThat((long) job.at("/result/added").asInt())
          .isEqualTo(app.slice.lists().total("u1", Status.ACTIVE));
    }
  }
}

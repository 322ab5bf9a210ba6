package dev.quarterdeck.server.bookmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.server.TestServer;
import dev.quarterdeck.server.cli.ExitCode;
import dev.quarterdeck.server.cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// `quarterdeck bookmarks` against a real server, as the local user.
class BookmarksCommandTest {
  @TempDir private Path directory = Path.of("");
  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static Outcome run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("bookmarks"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--set", "SELF_BASE_URL=" + server.address()));
    return Outcome.of(all.toArray(String[]::new));
  }

  @Test
  void addsAndFinds() {
    Outcome added = run("add", "https://pilot.example/", "--title", "Pilots", "--tag", "sea");
    assertThat(added.stderr()).isEmpty();
    assertThat(added.text()).matches("added [0-9a-f]{12} https://pilot.example/\\R");

    Outcome found = run("search", "pilots", "#sea");
    assertThat(found.exitCode()).isZero();
    assertThat(found.text()).contains("Pilots", "https://pilot.example/", "#sea");
    assertThat(
            JsonMapper.shared()
                .readTree(run("search", "pilots", "--json").text())
                .at("/bookmarks/0/title")
                .asString())
        .isEqualTo("Pilots");
    assertThat(run("search", "nothing like it").exitCode()).isEqualTo(ExitCode.DIFFERENT);
  }

  @Test
  void importsAndExports() throws IOException {
    Path file = directory.resolve("my bookmarks.html");
    Files.writeString(
        file,
        "<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><DT><A"
            + " HREF=\"https://brig.example/\">Brig</A></DL>");
    assertThat(run("import", "--dry-run", file.toString()).text()).startsWith("completed, 1 ent");
    assertThat(run("search", "brig").exitCode()).isEqualTo(ExitCode.DIFFERENT);
    assertThat(run("import", file.toString()).text()).startsWith("completed, 1 entries");
    assertThat(run("search", "brig").text()).contains("https://brig.example/");

    Path out = directory.resolve("out.json");
    assertThat(run("export", out.toString()).text()).startsWith("completed");
    assertThat(Files.readString(out)).contains("https://brig.example/");
    assertThat(run("export", out.toString()).stderr()).contains("is there already");
  }

  @Test
  void saysWhatIsWrong() {
    assertThat(run("add", "ftp://x").stderr()).contains("url: Input should be a valid http");
    assertThat(run("add", "ftp://x").exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run("search", "--limit", "0").stderr()).contains("--limit: 0 (expected: 1 to 500)");
    assertThat(run("import", directory.resolve("absent").toString()).exitCode())
        .isEqualTo(ExitCode.NO_INPUT);
    assertThat(run("export", "x", "--format", "pdf").exitCode()).isEqualTo(ExitCode.USAGE);
    Outcome nobody = Outcome.of("bookmarks", "search", "--set", "SELF_BASE_URL=http://127.0.0.1:1");
    assertThat(nobody.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(nobody.stderr()).contains("SELF_BASE_URL: http://127.0.0.1:1 does not answer");
  }
}

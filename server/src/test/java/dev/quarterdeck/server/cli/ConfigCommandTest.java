package dev.quarterdeck.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ConfigCommandTest {
  @TempDir private Path directory = Path.of("");

  @Test
  void checkReportsEverythingAtOnceWithPlacesAndSuggestions() throws IOException {
    Path file =
        toml(
            """
            page_size = 200
            pagesize = 3

            [web]
            concurrency = "four"
            """);
    Outcome outcome = Outcome.of("config", "check", "--config", file.toString());
    assertThat(outcome.exitCode()).isEqualTo(78);
    assertThat(outcome.stderr())
        .contains("3 problems")
        .contains(file + ":1:")
        .contains("at most max_page_size")
        .contains(file + ":2:1")
        .contains("did you mean page_size?")
        .contains(file + ":5:")
        .contains("^");
  }

  @Test
  void checkWritesJsonForPrograms() throws IOException {
    Path file = toml("page_sise = 1\n");
    Outcome outcome = Outcome.of("config", "check", "--json", "--config", file.toString());
    JsonNode json = JsonMapper.shared().readTree(outcome.text());
    assertThat(outcome.exitCode()).isEqualTo(78);
    assertThat(json.toString()).contains("settings.unknown_key");
  }

  @Test
  void warningsReachEveryCommandThatLoads() throws IOException {
    Path file = Files.writeString(directory.resolve("near.env"), "PAGE_SIZ=5\n");
    String warning =
        "warning: " + file + ":1:1: no setting has this name (did you mean PAGE_SIZE?)";

    assertThat(Outcome.of("config", "show", "--env-file", file.toString()).stderr())
        .contains(warning);
    assertThat(Outcome.of("config", "effective", "--env-file", file.toString()).stderr())
        .contains(warning);
    assertThat(Outcome.of("config", "check", "--env-file", file.toString()).stderr())
        .contains("settings.near_miss", "did you mean PAGE_SIZE?");
  }

  @Test
  void checkIsContentWithTheDefaults() {
    Outcome outcome = Outcome.of("config", "check", "--env-file", empty());
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.text()).contains("ok: ").contains("profile development");
  }

  @Test
  void explainShowsEveryLayerAndMarksTheWinner() throws IOException {
    Path file = toml("page_size = 20\n");
    Outcome outcome =
        Outcome.of(
            "config", "explain", "PAGE_SIZE", "--config", file.toString(), "--set", "page_size=30");
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.text())
        .contains("Default page length of bookmark lists.")
        .containsPattern("\\*.*30.*--set page_size")
        .contains(file + ":1:")
        .contains("10");
  }

  @Test
  void explainWorksWhileOtherSettingsAreWrongAndSaysWhatIsWrongWithItsOwn() throws IOException {
    String file = toml("page_size = 0\nmax_page_size = 5\n").toString();

    Outcome sound = Outcome.of("config", "explain", "max_page_size", "--config", file);
    assertThat(sound.exitCode()).isZero();
    assertThat(sound.text()).contains("* ").contains(file + ":2:17");
    assertThat(sound.stderr()).isEqualTo("1 problem elsewhere: quarterdeck config check\n");

    Outcome wrong = Outcome.of("config", "explain", "page_size", "--config", file);
    assertThat(wrong.exitCode()).isEqualTo(78);
    assertThat(wrong.text()).contains(file + ":1:13");
    assertThat(wrong.stderr()).contains(":1:13: page_size: 0 (expected: 1 to 1000)");
  }

  @Test
  void coloursAreForTerminalsOnly() throws IOException {
    String file = toml("page_size = 20\n").toString();

    assertThat(Outcome.of("config", "show", "--config", file).text()).doesNotContain("\u001b");
    assertThat(Outcome.onTerminal("config", "show", "--config", file).text())
        .contains("\u001b[1m20\u001b[0m");
    assertThat(Outcome.onTerminal("config", "explain", "page_size", "--config", file).text())
        .contains("\u001b[1m*\u001b[0m");
    assertThat(Outcome.onTerminal("config", "show", "--json", "--config", file).text())
        .doesNotContain("\u001b");
  }

  @Test
  void explainSuggestsTheNearestName() {
    Outcome outcome = Outcome.of("config", "explain", "page_siz");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(outcome.stderr()).contains("did you mean page_size?");
  }

  @Test
  void showHidesSecrets() {
    Outcome outcome = Outcome.of("config", "show");
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.text()).contains("secret_key").doesNotContain("CHANGE_ME");
  }

  @Test
  void effectiveLoadsToTheSame() throws IOException {
    Outcome first = Outcome.of("config", "effective", "--set", "PAGE_SIZE=7");
    Path file = toml(first.text());
    Outcome second = Outcome.of("config", "effective", "--config", file.toString());
    assertThat(first.text()).contains("page_size = 7");
    assertThat(second.stderr()).isEmpty();
    assertThat(second.text()).isEqualTo(first.text());
  }

  @Test
  void refusesASecretOnTheCommandLineWithoutShowingIt() {
    Outcome outcome =
        Outcome.of("config", "check", "--set", "SECRET_KEY=tops3cret-tops3cret-tops3cret-x");
    assertThat(outcome.exitCode()).isEqualTo(78);
    assertThat(outcome.stderr()).contains("SECRET_KEY").doesNotContain("tops3cret");
  }

  private Path toml(String text) throws IOException {
    return Files.writeString(directory.resolve("config of test.toml"), text);
  }

  private String empty() {
    try {
      return Files.writeString(directory.resolve("empty.env"), "").toString();
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }
}

package dev.quarterdeck.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.server.settings.TuningPreset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigPresetCommandTest {
  @TempDir private Path directory = Path.of("");

  /// The values of the documented tuning guide; empty where a preset leaves the default.
  @ParameterizedTest
  @CsvSource({
    "local, 4, 4, 32, 2s",
    "default, 8, 8, 32, 2s",
    "large, 16, 12, 32, 2s",
    "unstable-network, 8, 8, 16, 5s",
    "docker, 16, 10, 40, 3s"
  })
  void presetIsASettingsFileThatTakesEffectOverOthers(
      String name, String api, String bitbucket, String pool, String timeout) throws IOException {
    String preset = file("preset.toml", Outcome.of("config", "preset", name).text());
    String base = file("base.toml", "PAGE_SIZE = 20");
    String override = file("override.toml", "page_size = 21");

    Outcome shown =
        Outcome.of(
            "config", "show", "--config", base, "--override", override, "--override", preset);

    assertThat(shown.exitCode()).as(shown.stderr()).isZero();
    assertThat(shown.text().replaceAll(" +", " "))
        .contains("\napi.max_workers " + api + " ")
        .contains("\nbitbucket.max_workers " + bitbucket + " ")
        .contains("\nbitbucket.pool_maxsize " + pool + " ")
        .contains("\nbitbucket.timeout " + timeout + " ")
        .contains("\npage_size 21 ");
  }

  @Test
  void unknownPresetNamesAllThatThereAre() {
    Outcome outcome = Outcome.of("config", "preset", "huge");

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(outcome.stderr())
        .contains("NAME: huge (expected: one of local, default, large, unstable-network, docker)");
  }

  @Test
  void tuningGuideShowsEveryPresetWithItsValues() throws IOException {
    String guide = Files.readString(Path.of("../docs/tuning.md"));
    for (TuningPreset preset : TuningPreset.values()) {
      StringBuilder row = new StringBuilder("| `" + preset + "` |");
      for (String key :
          new String[] {
            "API_MAX_WORKERS",
            "BITBUCKET_MAX_WORKERS",
            "BITBUCKET_POOL_MAXSIZE",
            "BITBUCKET_TIMEOUT"
          }) {
        Map<String, Object> settings = preset.settings();
        row.append(' ').append(settings.getOrDefault(key, "")).append(" |");
      }
      assertThat(guide.replaceAll(" +", " ")).contains(row.toString().replaceAll(" +", " "));
    }
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }
}

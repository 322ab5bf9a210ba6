package dev.quarterdeck.settings.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.settings.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Settings that moved, that nobody should use any more, and that are gone.
class LifeCycleTest {
  @TempDir Path directory;

  private Harbourmaster fleet() {
    return new Harbourmaster(directory);
  }

  @Test
  void oldNameWorksInEveryLayerAndWarnsWithPlaceAndNewName() {
    assertThat(fleet().toml("timeout = 7").load().patience()).isEqualTo(Duration.ofSeconds(7));
    assertThat(fleet().toml("[old.harbour]\ntimeout = 8").load().patience())
        .isEqualTo(Duration.ofSeconds(8));
    assertThat(fleet().toml("TIMEOUT = 9").load().patience()).isEqualTo(Duration.ofSeconds(9));
    assertThat(fleet().env("TIMEOUT", "10").load().patience()).isEqualTo(Duration.ofSeconds(10));
    assertThat(fleet().dotenv("OLD_HARBOUR_TIMEOUT=11\n").load().patience())
        .isEqualTo(Duration.ofSeconds(11));
    assertThat(fleet().set("old.harbour.timeout=12").load().patience())
        .isEqualTo(Duration.ofSeconds(12));

    assertThat(fleet().toml("\ntimeout = 7").env("OLD_HARBOUR_TIMEOUT", "7").report())
        .isEqualTo(
            """

            warning: config.toml:2:11: timeout: has moved to patience [settings.relocated]
              2 | timeout = 7
                |           ^
              fix: write patience

            warning: environment variable OLD_HARBOUR_TIMEOUT: old.harbour.timeout: has moved to\
             patience [settings.relocated]
              fix: set PATIENCE\
            """);
  }

  @Test
  void oldAndNewNameWithTheSameValueOnlyWarn() {
    assertThat(fleet().toml("timeout = 7\npatience = \"7s\"").warnings())
        .containsExactly("config.toml:1:11 settings.relocated timeout");
    assertThat(fleet().toml("timeout = 7\npatience = \"7s\"").check().ok()).isTrue();
  }

  @Test
  void oldAndNewNameWithDifferentValuesAreAFaultThatCitesBoth() {
    assertThat(fleet().toml("timeout = 7").env("PATIENCE", "8").report())
        .contains(
            """
            config.toml:1:11: timeout: 7 (expected: the same as patience, which it has moved to)\
             [settings.relocated_twice]
              1 | timeout = 7
                |           ^
              with: patience = 8 (environment variable PATIENCE)
              fix: remove timeout\
            """)
        .contains("1 problem ");
    assertThat(fleet().toml("patience = 8").env("TIMEOUT", "7").faults())
        .containsExactly("environment variable TIMEOUT settings.relocated_twice timeout");
    assertThat(fleet().toml("patience = 8\ntimeout = 7").faults())
        .containsExactly("config.toml:2:11 settings.relocated_twice timeout");
  }

  @Test
  void relocatedSecretIsReadFromItsOldNamesAndNeverShown() throws Exception {
    Path file = Files.writeString(directory.resolve("pw"), "canary-secret\n");

    assertThat(fleet().env("PASSWORD", "canary-secret").load().key())
        .contains(Secret.of("canary-secret"));
    assertThat(fleet().env("PASSWORD_FILE", file.toString()).load().key())
        .contains(Secret.of("canary-secret"));
    assertThat(fleet().dotenv("PASSWORD_FILE=" + file + "\n").load().key())
        .contains(Secret.of("canary-secret"));
    assertThat(fleet().env("PASSWORD", "canary-secret").env("KEY", "canary-other").report())
        .contains("password: <secret> (expected: the same as key", "with: key = <secret>")
        .doesNotContain("canary");
    assertThat(fleet().toml("password = \"canary-secret\"").report())
        .contains("[settings.secret_exposed]")
        .doesNotContain("canary");
  }

  @Test
  void oldNamesWorkInElements() {
    Fleet fleet =
        fleet()
            .toml("[[ships]]\nname = \"A\"\ncloths = 2\n[[ships]]\nname = \"B\"")
            .env("SHIPS_1_CLOTHS", "3")
            .load();

    assertThat(fleet.ships()).extracting(Fleet.Ship::sails).containsExactly(2, 3);
    assertThat(
            fleet()
                .toml("[[ships]]\nname = \"A\"\ncloths = 2")
                .env("SHIPS_0_CLOTHS", "2")
                .warnings())
        .containsExactly(
            "config.toml:3:10 settings.relocated ships.0.cloths",
            "environment variable SHIPS_0_CLOTHS settings.relocated ships.0.cloths");
  }

  @Test
  void deprecatedSettingWorksAndEachUseWarnsWithItsReason() {
    assertThat(fleet().toml("horn = 4").load().horn()).isEqualTo(4);
    assertThat(fleet().load().horn()).isEqualTo(3);
    assertThat(fleet().warnings()).isEmpty();
    assertThat(fleet().toml("horn = 4").env("HORN", "5").report())
        .contains(
            "warning: config.toml:1:8: horn: deprecated: Nobody listens; use signals instead."
                + " [settings.deprecated]",
            "warning: environment variable HORN: horn: deprecated:");
  }

  @ParameterizedTest
  @CsvSource({
    "colour, config.toml:1:1 settings.defunct colour",
    "COLOUR, config.toml:1:1 settings.defunct colour",
    "legacy.mode, config.toml:1:1 settings.defunct legacy",
  })
  void defunctSettingOfAFileIsAFault(String key, String expected) {
    assertThat(fleet().toml(key + " = 1").faults()).containsExactly(expected);
  }

  @Test
  void defunctSettingOfOtherLayersIsAFaultWithItsReason() {
    assertThat(fleet().env("COLOUR", "red").report())
        .contains(
            "environment variable COLOUR: colour: no longer a setting: Nothing is coloured since"
                + " version 2. [settings.defunct]",
            "fix: remove it");
    assertThat(fleet().dotenv("COLOUR=red\n").faults())
        .containsExactly(".env:1:1 settings.defunct colour");
    assertThat(fleet().set("colour=red").faults())
        .containsExactly("--set colour settings.defunct colour");
  }
}

package dev.quarterdeck.settings.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.settings.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Sealed interfaces whose discriminator says which record a table is.
class VariantsTest {
  @TempDir Path directory;

  private Harbourmaster fleet() {
    return new Harbourmaster(directory);
  }

  @Test
  void discriminatorChoosesTheRecord() {
    Fleet fleet =
        fleet()
            .toml(
                """
                [storage]
                type = "far-away"
                url = "tcp://a:1"
                [storage.retry]
                pause = "2s"
                [[copies]]
                type = "local"
                directory = "here"
                [[copies]]
                url = "tcp://b:1"
                type = "far-away"
                """)
            .env("COPIES_1_TOKEN", "abc")
            .load();

    assertThat(fleet.storage())
        .isEqualTo(
            new Fleet.Remote(
                URI.create("tcp://a:1"),
                java.util.Optional.empty(),
                100,
                new Fleet.Retry(3, Duration.ofSeconds(2))));
    assertThat(fleet.copies().getFirst()).isEqualTo(new Fleet.Local(Path.of("here"), 100));
    assertThat(fleet.copies().getLast())
        .isInstanceOfSatisfying(
            Fleet.Remote.class, one -> assertThat(one.token()).contains(Secret.of("abc")));
  }

  @Test
  void defaultVariantHoldsWhenNoLayerNamesOne() {
    assertThat(fleet().load().storage()).isEqualTo(new Fleet.Local(Path.of("log"), 100));
    assertThat(fleet().env("STORAGE_LIMIT", "7").load().storage())
        .isEqualTo(new Fleet.Local(Path.of("log"), 7));
  }

  @Test
  void variantIsChosenByEveryLayer() {
    assertThat(fleet().env("STORAGE_TYPE", "far-away").env("STORAGE_URL", "tcp://x:1").load())
        .satisfies(fleet -> assertThat(fleet.storage()).isInstanceOf(Fleet.Remote.class));
    assertThat(fleet().set("storage.type=far-away", "storage.url=tcp://x:1").check().ok()).isTrue();
    assertThat(
            fleet().toml("STORAGE_TYPE = \"far-away\"\nSTORAGE_URL = \"tcp://x:1\"").check().ok())
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "storage.type = \"loacl\" | config.toml:1:16: storage.type: \"loacl\" (expected: local or"
            + " far-away) [settings.unknown_variant]",
        "storage.type = \"loacl\" | did you mean local?",
        "storage.type = 3 | storage.type: 3 (expected: local or far-away)",
        "copies = [{ directory = \"x\" }] | config.toml:1:11: copies.0.type: not set, and without"
            + " default in profile development (expected: local or far-away)"
            + " [settings.missing]",
        "storage.type = \"far-away\" | storage.url: not set, and without default",
        "storage.url = \"tcp://x:1\" | config.toml:1:15: storage.url: only storage.type = far-away"
            + " has it (expected: a setting of local, which holds by default)"
            + " [settings.other_variant]",
        "copies = [{ type = \"local\", retry.times = 1 }] | copies.0.retry.times: only"
            + " copies.0.type = far-away has it (expected: a setting of local, which"
            + " config.toml:1:20 chooses)",
        "storage.type = \"far-away\"\\n"
            + "storage.directory = \"x\"\\n"
            + "storage.url = \"tcp://x:1\" | fix: remove it, or set storage.type to local",
        "storage.typ = \"local\" | did you mean storage.type?",
        "storage = { limit = \"x\", type = \"far\", url = \"tcp://x:1\" } | 2 problems",
      })
  void saysWhatIsWrongWithAVariant(String toml, String expected) {
    String report = fleet().toml(toml.replace("\\n", "\n")).report();

    assertThat(report).contains(expected);
    assertThat(report).contains(expected.equals("2 problems") ? "2 problems" : "1 problem ");
  }

  @Test
  void layerThatChangesTheVariantDropsWhatEarlierLayersSaidOfTheOldOne() {
    assertThat(
            fleet()
                .toml("[storage]\ntype = \"local\"\ndirectory = \"x\"\nlimit = 8")
                .toml("[storage]\ntype = \"far-away\"\nurl = \"tcp://x:1\"")
                .load()
                .storage())
        .isInstanceOfSatisfying(Fleet.Remote.class, one -> assertThat(one.limit()).isEqualTo(8));
    assertThat(
            fleet()
                .toml("[storage]\ntype = \"local\"")
                .override("[storage]\nurl = \"tcp://x:1\"")
                .faults())
        .containsExactly("override.toml:2:7 settings.other_variant storage.url");
  }

  @Test
  void rulesOfVariantsSeeTheirOwnTable() {
    assertThat(
            fleet()
                .toml(
                    """
                    [storage]
                    type = "far-away"
                    url = "tcp://x:1"
                    limit = 2
                    """)
                .report())
        .contains(
            "config.toml:4:9: storage.limit: 2 (expected: at least retry.times)",
            "with: storage.retry.times = 3 (default)");
  }
}

package dev.quarterdeck.settings.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.settings.Checkup;
import dev.quarterdeck.settings.Settings;
import dev.quarterdeck.settings.dotenv.DotEnv;
import dev.quarterdeck.settings.render.EffectiveToml;
import dev.quarterdeck.settings.render.Examples;
import dev.quarterdeck.settings.render.Explain;
import dev.quarterdeck.settings.render.FaultsJson;
import dev.quarterdeck.settings.render.JsonSchema;
import dev.quarterdeck.settings.render.Reference;
import dev.quarterdeck.settings.render.Show;
import dev.quarterdeck.settings.schema.Key;
import dev.quarterdeck.settings.schema.Schema;
import dev.quarterdeck.settings.toml.Toml;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenderTest {
  private static final Schema SCHEMA = SampleBinder.INSTANCE.schema();

  @TempDir Path directory;

  private Fixture fixture() {
    return new Fixture(directory);
  }

  private static Key key(String path) {
    return Objects.requireNonNull(SCHEMA.byPath(path));
  }

  @Test
  void explainListsAllContendersWithTheWinnerMarked() {
    Checkup<Sample> checkup =
        fixture().toml("page_size = 21").env("PROFILE", "test").env("PAGE_SIZE", "24").check();

    assertThat(Explain.text(checkup.provenance(), key("page_size")))
        .isEqualTo(
            """
            page_size (PAGE_SIZE)
              Default page length.
              Type: integer, at least 1

              *  environment      24  environment variable PAGE_SIZE
                 config file      21  %s/config.toml:1:13
                 profile default  5   default of profile test
                 code default     10  default
            """
                .formatted(directory));
    assertThat(Explain.json(checkup.provenance(), key("page_size")))
        .contains("\"value\": 24", "\"layer\": \"profile default\"", "\"column\": 13");
  }

  @Test
  void showGivesEachValueWithItsOrigin() {
    Checkup<Sample> checkup = fixture().env("MONGO_PASSWORD", "pw").set("page_size=3").check();

    assertThat(Show.text(checkup.provenance()).lines().map(line -> line.replaceAll(" +", " ")))
        .contains(
            "page_size 3 --set page_size",
            "mongo.password <secret> environment variable MONGO_PASSWORD",
            "kafka.session_timeout_ms 45s default",
            "mongodb_url - not set");
    assertThat(Show.json(checkup.provenance())).contains("\"variable\": \"PAGE_SIZE\"");
  }

  @Test
  void effectiveFileLoadsToAnEqualRecord() {
    Fixture fixture =
        fixture()
            .toml("PROFILE = \"test\"\n[types]\nsize = \"1 MiB\"\nattributes = {a = \"x=y\"}")
            .env("MONGODB_URL", "mongodb://u:p@h/d")
            .env("SECRET_KEY", Fixture.KEY)
            .env("TYPES_BLOCKS", "10.0.0.0/8")
            .env("TYPES_NOTE", "two\twords \"quoted\"");
    Checkup<Sample> first = fixture.check();

    String written = EffectiveToml.write(first.provenance());
    Sample again = fixture().toml(written).env("MONGODB_URL", "mongodb://u:p@h/d").load();

    assertThat(written)
        .contains("# secret_key: set SECRET_KEY or SECRET_KEY_FILE in the environment")
        .contains("# mongodb_url: set MONGODB_URL");
    Sample loaded = first.loaded().orElseThrow().value();
    assertThat(again.types().toString()).isEqualTo(loaded.types().toString());
    assertThat(again.kafka()).isEqualTo(loaded.kafka());
    assertThat(again.pages()).isEqualTo(loaded.pages());
    assertThat(again.mongodbUrl()).isEqualTo(loaded.mongodbUrl());
  }

  @Test
  void referenceHasARowForEachSettingWithDefaultsOfProfiles() {
    String markdown = Reference.markdown(SCHEMA);

    assertThat(markdown)
        .contains(
            "| `page_size` | `PAGE_SIZE` | integer, at least 1 | development: `10`; test: `5`;"
                + " production: `25` | Default page length. |",
            "## `[kafka]`",
            "The event log.",
            "| `secret_key` | `SECRET_KEY` | secret text, at least 32 characters | development:"
                + " `CHANGE_ME_min_32_chars_long_!!!!`; test: `CHANGE_ME_min_32_chars_long_!!!!`;"
                + " production: required |");
    for (Key key : SCHEMA.keys()) {
      assertThat(markdown).contains("| `" + key.variable() + "` |");
    }
  }

  @Test
  void schemaForEditorsLeavesSecretsOut() {
    String schema = JsonSchema.write(SCHEMA, "Sample");

    assertThat(schema)
        .contains("\"max_poll_records\"", "\"KAFKA_MAX_POLL_RECORDS\"", "\"minimum\": -5")
        .contains("\"additionalProperties\": false")
        .doesNotContain("secret_key", "SECRET_KEY");
  }

  @Test
  void examplesAreValidFilesWhenTheirCommentsAreTakenAway() {
    String toml = Examples.toml(SCHEMA).replaceAll("(?m)^# ([a-z_]+ = )", "$1");
    assertThat(Toml.parse(toml.getBytes(StandardCharsets.UTF_8)).errors()).isEmpty();
    assertThat(fixture().toml(toml).check().faults()).isEmpty();

    String dotenv = Examples.dotenv(SCHEMA).replaceAll("(?m)^# ([A-Z0-9_]+=)", "$1");
    assertThat(DotEnv.parse(dotenv.getBytes(StandardCharsets.UTF_8)).errors()).isEmpty();
    assertThat(dotenv).contains("TYPES_SIZE=\"10 MB\"", "KAFKA_MAX_POLL_RECORDS=500");
  }

  @Test
  void faultsAreWrittenForPrograms() {
    String json = FaultsJson.write(fixture().toml("page_size = \"\\u0001\"").check());

    assertThat(json)
        .contains("\"ok\": false", "\"code\": \"settings.wrong_type\"", "\"line\": 1")
        .contains("page_size: \\\"\\\\u0001\\\"");
    assertThat(FaultsJson.write(Settings.of(SampleBinder.INSTANCE).check()))
        .isEqualTo(
            """
            {
              "ok": true,
              "profile": "development",
              "faults": [],
              "warnings": []
            }
            """);
  }
}

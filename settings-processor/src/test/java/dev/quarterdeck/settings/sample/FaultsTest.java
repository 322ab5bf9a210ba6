package dev.quarterdeck.settings.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarterdeck.settings.Fault;
import dev.quarterdeck.settings.SettingsException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultsTest {
  @TempDir Path directory;

  private Fixture fixture() {
    return new Fixture(directory);
  }

  @Test
  void loadThrowsTheWholeReportWithPlaceQuoteCaretExpectationAndRemedy() {
    Fixture fixture =
        fixture().toml("# limits\nPAGE_SIZE = 500\n").env("KAFKA_MAX_POLL_RECORDS", "many");

    assertThatThrownBy(fixture::load)
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            """
            The settings have 2 problems (profile development):

            %1$s/config.toml:2:13: page_size: 500 (expected: at most max_page_size) [settings.rule]
              2 | PAGE_SIZE = 500
                |             ^^^
              with: max_page_size = 100 (default)
              fix: change page_size or max_page_size

            environment variable KAFKA_MAX_POLL_RECORDS: kafka.max_poll_records: many (expected: a\
             whole number) [settings.wrong_type]
              fix: correct the value (what the setting is for: Batch bound.)\
            """
                .formatted(directory));
  }

  @Test
  void twentyFaultsOfAFileComeInItsOrderWithoutDerivedOnes() {
    List<String> faults =
        fixture()
            .toml(
                """
                PAGE_SIZES = 1
                page_size = 0
                max_page_size = "9"
                surprise = true
                mongodb_url = "mongodb://u:p@h/d"
                secret_key = "x"
                kafak = { max_poll_records = 1, more = 2 }
                [kafka]
                max_poll_records = 1.5
                heartbeat_interval_ms = "20s"
                session_timeout = 3
                [mongo]
                host = 1
                port = 70000
                [types]
                text = ""
                form = "A"
                small = 6
                ratio = 2
                flag = "yes"
                level = "info"
                pause = false
                colour = "red"
                [typos]
                a = 1
                b = 2
                """)
            .faults();

    assertThat(faults)
        .containsExactly(
            "config.toml:1:1 settings.unknown_key PAGE_SIZES",
            "config.toml:2:13 settings.constraint page_size",
            "config.toml:3:17 settings.wrong_type max_page_size",
            "config.toml:4:1 settings.unknown_key surprise",
            "config.toml:5:1 settings.secret_exposed mongodb_url",
            "config.toml:6:1 settings.secret_exposed secret_key",
            "config.toml:7:1 settings.unknown_key kafak",
            "config.toml:9:20 settings.wrong_type kafka.max_poll_records",
            "config.toml:10:25 settings.rule kafka.heartbeat_interval_ms",
            "config.toml:11:1 settings.unknown_key kafka.session_timeout",
            "config.toml:13:8 settings.wrong_type mongo.host",
            "config.toml:14:8 settings.constraint mongo.port",
            "config.toml:16:8 settings.constraint types.text",
            "config.toml:17:8 settings.constraint types.form",
            "config.toml:18:9 settings.constraint types.small",
            "config.toml:19:9 settings.constraint types.ratio",
            "config.toml:20:8 settings.wrong_type types.flag",
            "config.toml:21:9 settings.wrong_type types.level",
            "config.toml:22:9 settings.wrong_type types.pause",
            "config.toml:23:10 settings.wrong_type types.colour",
            "config.toml:24:2 settings.unknown_key typos");
  }

  @Test
  void faultsOfAllLayersComeInTheOrderOfTheLayers() {
    assertThat(
            fixture()
                .toml("page_size = 0\nmax_page_size = ")
                .override("types.small = 99")
                .dotenv("KAFKA_MAX_POLL_RECORDS=x\nA B\n")
                .env("MONGO_PORT", "0")
                .set("nothing", "MONGO_POTR=1", "types.ratio=2")
                .faults())
        .satisfiesExactly(
            one -> assertThat(one).isEqualTo("config.toml:1:13 settings.constraint page_size"),
            one -> assertThat(one).startsWith("config.toml:2:").contains(" toml."),
            one -> assertThat(one).isEqualTo("override.toml:1:15 settings.constraint types.small"),
            one ->
                assertThat(one).isEqualTo(".env:1:24 settings.wrong_type kafka.max_poll_records"),
            one -> assertThat(one).startsWith(".env:2:").contains(" dotenv."),
            one ->
                assertThat(one)
                    .isEqualTo("environment variable MONGO_PORT settings.constraint mongo.port"),
            one -> assertThat(one).isEqualTo("--set … settings.bad_argument "),
            one -> assertThat(one).isEqualTo("--set MONGO_POTR settings.unknown_key "),
            one -> assertThat(one).isEqualTo("--set types.ratio settings.constraint types.ratio"));
  }

  @Test
  void suggestsTheNearestNameForKeysTablesEnumsProfilesAndArguments() {
    assertThat(fixture().toml("max_pagesize = 1").check().report())
        .contains("did you mean max_page_size?");
    assertThat(fixture().toml("max_poll_records = 1").check().report())
        .contains("did you mean kafka.max_poll_records?");
    assertThat(fixture().toml("KAFKA_MAX_POL_RECORDS = 1").check().report())
        .contains("did you mean KAFKA_MAX_POLL_RECORDS?");
    assertThat(fixture().toml("[kafkaa]\nx = 1").check().report()).contains("did you mean kafka?");
    assertThat(fixture().env("TYPES_LEVEL", "DEBGU").check().report())
        .contains("did you mean DEBUG?");
    assertThat(fixture().env("PROFILE", "prod").check().report())
        .contains("profile: prod (expected: one of development, test, production)");
    assertThat(fixture().env("PROFILE", "prodution").check().report())
        .contains("did you mean production?");
    assertThat(fixture().set("PAGE_SIZ=1").check().report()).contains("did you mean PAGE_SIZE?");
    assertThat(fixture().toml("completely_different = 1").check().report())
        .doesNotContain("did you mean");
  }

  @Test
  void unknownProfileIsReportedAloneWithoutTheFaultsOfAnyProfile() {
    assertThat(fixture().env("PROFILE", "staging").faults())
        .containsExactly("environment variable PROFILE settings.unknown_profile profile");
  }

  @Test
  void missingSecretSaysProfileAndHowToSetIt() {
    Fixture fixture = fixture().toml("PROFILE = \"production\"").env("SECRET_KEYS", "x");

    assertThat(fixture.check().report())
        .contains(
            "secret_key: not set, and without default in profile production (expected: secret text,"
                + " at least 32 characters) [settings.missing]",
            "fix: set SECRET_KEY in the environment or in .env, or SECRET_KEY_FILE to the path of a"
                + " file that holds it",
            "warning: environment variable SECRET_KEYS: no setting has this name",
            "fix: did you mean SECRET_KEY?");
  }

  @Test
  void rulesCiteEveryPlaceAndKnowWhatIsSet() {
    String report =
        fixture()
            .toml("[mongo]\nhost = \"db\"")
            .env("MONGODB_URL", "mongodb://root:secretpw@db/x")
            .check()
            .report();

    assertThat(report)
        .contains(
            "environment variable MONGODB_URL: mongodb_url: mongodb://root:***@db/x (expected: to"
                + " be unset when mongo.host is set)",
            "with: mongo.host = db (" + directory + "/config.toml:2:8)",
            "fix: remove one of the two")
        .doesNotContain("secretpw");
    assertThat(fixture().env("MONGODB_URL", "mongodb://db/x").check().ok()).isTrue();
  }

  @Test
  void shadowedDefinitionsAreChecked() {
    Fixture fixture = fixture().toml("page_size = \"x\"").env("PAGE_SIZE", "7");

    assertThat(fixture.faults()).containsExactly("config.toml:1:13 settings.wrong_type page_size");
  }

  @Test
  void faultOverridingAnotherDefinitionCitesIt() {
    List<Fault> faults = fixture().toml("page_size = 7").env("PAGE_SIZE", "x").check().faults();

    assertThat(faults).hasSize(1);
    assertThat(faults.getFirst().related())
        .singleElement()
        .satisfies(one -> assertThat(one.shown()).isEqualTo("7"));
  }

  @Test
  void nearMissesOfEnvironmentNamesAreFoundOnRequestOnly() {
    Fixture fixture = fixture().env("KAFKA_MAX_POL_RECORDS", "1").env("KAFKA_HOME", "x");

    var loaded = fixture.check().loaded().orElseThrow();
    assertThat(loaded.warnings()).isEmpty();
    assertThat(loaded.nearMisses())
        .singleElement()
        .satisfies(
            one -> assertThat(one.remedy()).isEqualTo("did you mean KAFKA_MAX_POLL_RECORDS?"));
  }
}

package dev.quarterdeck.settings.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.settings.Checkup;
import dev.quarterdeck.settings.Definition;
import dev.quarterdeck.settings.schema.Key;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayersTest {
  @TempDir Path directory;

  private Fixture fixture() {
    return new Fixture(directory);
  }

  /// Every layer that is present wins over the ones before it; bit n of the number is layer n.
  @Test
  void eachLayerWinsOverTheLayersBelowIt() {
    for (int layers = 0; layers < 64; layers++) {
      Fixture fixture = fixture();
      int expected = 10;
      if ((layers & 1) != 0) {
        fixture.env("PROFILE", "test");
        expected = 5;
      }
      if ((layers & 2) != 0) {
        fixture.toml("page_size = 21");
        expected = 21;
      }
      if ((layers & 4) != 0) {
        fixture.override("PAGE_SIZE = 22");
        expected = 22;
      }
      if ((layers & 8) != 0) {
        fixture.dotenv("PAGE_SIZE=23");
        expected = 23;
      }
      if ((layers & 16) != 0) {
        fixture.env("PAGE_SIZE", "24");
        expected = 24;
      }
      if ((layers & 32) != 0) {
        fixture.set("PAGE_SIZE=25");
        expected = 25;
      }
      assertThat(fixture.load().pages().pageSize()).as("layers %s", layers).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({"development,10", "test,5", "production,25"})
  void profileChoosesDefaultsFromWhicheverLayerNamesIt(String profile, int pageSize) {
    assertThat(
            List.of(
                fixture().env("SECRET_KEY", Fixture.KEY).toml("PROFILE = \"" + profile + "\""),
                fixture().env("SECRET_KEY", Fixture.KEY).override("profile = \"" + profile + "\""),
                fixture().dotenv("PROFILE=" + profile + "\nSECRET_KEY=" + Fixture.KEY + "\n"),
                fixture().env("SECRET_KEY", Fixture.KEY).set("profile=" + profile)))
        .allSatisfy(
            fixture -> {
              Checkup<Sample> checkup = fixture.check();
              assertThat(checkup.provenance().profile()).isEqualTo(profile);
              Key key = Objects.requireNonNull(checkup.provenance().schema().byPath("page_size"));
              assertThat(checkup.provenance().plain(key)).isEqualTo((long) pageSize);
            });
  }

  @Test
  void everyDefinitionIsKeptWithItsPlaceStrongestFirst() {
    Checkup<Sample> checkup =
        fixture()
            .toml("\npage_size = 21")
            .override("PAGE_SIZE = 22")
            .dotenv("PAGE_SIZE=23")
            .env("PAGE_SIZE", "24")
            .env("PROFILE", "test")
            .set("page_size=25")
            .check();

    List<Definition> definitions = checkup.loaded().orElseThrow().definitions("PAGE_SIZE");
    assertThat(definitions)
        .extracting(
            one -> one.layer().label() + " | " + one.shown() + " | " + name(one.place().toString()))
        .containsExactly(
            "command line | 25 | --set page_size",
            "environment | 24 | environment variable PAGE_SIZE",
            ".env file | 23 | .env:1:11",
            "override file | 22 | override.toml:1:13",
            "config file | 21 | config.toml:2:13",
            "profile default | 5 | default of profile test",
            "code default | 10 | default");
  }

  private String name(String place) {
    return place.replace(directory + "/", "");
  }

  @Test
  void flatAndCanonicalSpellingsAreOneSetting() {
    Sample flat = fixture().toml("KAFKA_MAX_POLL_RECORDS = 7\nMAX_PAGE_SIZE = 90").load();
    Sample canonical = fixture().toml("max_page_size = 90\n[kafka]\nmax_poll_records = 7").load();

    assertThat(flat.kafka()).isEqualTo(canonical.kafka());
    assertThat(flat.pages()).isEqualTo(canonical.pages());
    assertThat(fixture().toml("Max_Page_Size = 90").faults())
        .containsExactly("config.toml:1:1 settings.unknown_key Max_Page_Size");
  }

  @Test
  void bothSpellingsInOneFileAreAFaultThatCitesBothPlaces() {
    Checkup<Sample> checkup =
        fixture().toml("KAFKA_MAX_POLL_RECORDS = 7\n[kafka]\nmax_poll_records = 8").check();

    assertThat(checkup.report())
        .contains("config.toml:3:1: kafka.max_poll_records: given twice in one file")
        .contains("over: kafka.max_poll_records = 7 (" + directory + "/config.toml:1:26)");
    assertThat(checkup.faults()).hasSize(1);
  }

  @Test
  void tablesMergeByKeyWhileListsAndTextsAreReplacedWhole() {
    Sample sample =
        fixture()
            .toml("[types]\nnames = [\"a\", \"b\"]\nattributes = { a = \"1\", b = \"2\" }")
            .override("[types]\nnames = \"c\"\nattributes = { b = \"3\" }")
            .load();

    assertThat(sample.types().names()).containsExactly("c");
    assertThat(sample.types().attributes()).containsExactly(entry("a", "1"), entry("b", "3"));
    assertThat(fixture().env("TYPES_ATTRIBUTES", "x=y").load().types().attributes())
        .containsExactly(entry("x", "y"));
  }

  private static java.util.Map.Entry<String, String> entry(String key, String value) {
    return java.util.Map.entry(key, value);
  }

  @Test
  void changeOfShapeBetweenFilesIsAFault() {
    assertThat(
            fixture()
                .toml("[types]\nattributes = { a = \"1\" }")
                .override("[types]\nattributes = \"a=1\"")
                .faults())
        .containsExactly("override.toml:2:14 settings.shape_changed types.attributes");
    assertThat(fixture().toml("kafka = 3").faults())
        .containsExactly("config.toml:1:9 settings.not_a_table kafka");
  }

  @Test
  void emptyEnvironmentValueIsAnEmptyTextNotALackOfOne() {
    assertThat(fixture().env("MONGO_HOST", "").load().mongo().host()).isEmpty();
    assertThat(fixture().env("TYPES_NOTE", "").load().types().note()).contains("");
    assertThat(fixture().env("TYPES_URL", "").load().types().url()).isEmpty();
    assertThat(fixture().env("PAGE_SIZE", "").faults())
        .containsExactly("environment variable PAGE_SIZE settings.wrong_type page_size");
  }

  @Test
  void kubernetesServiceLinksAreIgnoredAndSaid() {
    Fixture linked =
        fixture().env("MONGO_PORT", "tcp://10.0.0.1:27017").env("MONGO_SERVICE_HOST", "10.0.0.1");

    assertThat(linked.load().mongo().port()).isEqualTo(27017);
    assertThat(linked.warnings())
        .containsExactly("environment variable MONGO_PORT settings.service_link mongo.port");
    assertThat(fixture().env("MONGO_PORT", "tcp://10.0.0.1:27017").faults())
        .containsExactly("environment variable MONGO_PORT settings.wrong_type mongo.port");
  }
}

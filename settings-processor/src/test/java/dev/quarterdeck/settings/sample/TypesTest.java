package dev.quarterdeck.settings.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypesTest {
  @TempDir Path directory;

  private Fixture fixture() {
    return new Fixture(directory);
  }

  @Test
  void everyTypeIsReadFromToml() {
    Types types =
        fixture()
            .toml(
                """
                [types]
                text = "b"
                form = "abc"
                small = -5
                large = 9223372036854775807
                ratio = 1
                flag = true
                level = "DEBUG"
                url = "https://example.org/x"
                note = "n"
                path = "~/y"
                pause = 2.5
                size = 4096
                cpu = 1.5
                memory = "1Gi"
                rates = "10 per hour; 5/2 seconds"
                address = "[::1]:6379"
                regex = '\\d+'
                blocks = ["10.0.0.0/8", "fd00::/8"]
                names = "x, y"
                attributes = { k = "v" }
                colour = "#ff8800"
                """)
            .load()
            .types();

    assertThat(types.text()).isEqualTo("b");
    assertThat(types.form()).isEqualTo("abc");
    assertThat(types.small()).isEqualTo(-5);
    assertThat(types.large()).isEqualTo(Long.MAX_VALUE);
    assertThat(types.ratio()).isEqualTo(1.0);
    assertThat(types.flag()).isTrue();
    assertThat(types.level()).isEqualTo(Types.Level.DEBUG);
    assertThat(types.url()).contains(URI.create("https://example.org/x"));
    assertThat(types.note()).contains("n");
    assertThat(types.path()).isEqualTo(Path.of(System.getProperty("user.home"), "y"));
    assertThat(types.pause()).isEqualTo(Duration.ofMillis(2500));
    assertThat(types.size().bytes()).isEqualTo(4096);
    assertThat(types.cpu().millis()).isEqualTo(1500);
    assertThat(types.memory().bytes()).isEqualTo(1L << 30);
    assertThat(types.rates().limits()).hasSize(2);
    assertThat(types.address().port()).isEqualTo(6379);
    assertThat(types.regex().pattern()).isEqualTo("\\d+");
    assertThat(types.blocks()).hasSize(2);
    assertThat(types.names()).containsExactly("x", "y");
    assertThat(types.attributes()).containsEntry("k", "v");
    assertThat(types.colour()).isEqualTo(new Types.Colour(0xff8800));
  }

  @Test
  void everyTypeIsReadFromTextAndFromItsDefault() {
    Types types =
        fixture()
            .env("TYPES_SMALL", "+5")
            .env("TYPES_RATIO", "5e-1")
            .env("TYPES_FLAG", "Yes")
            .env("TYPES_PAUSE", "1h30m")
            .env("TYPES_BLOCKS", "10.0.0.0/8,192.168.0.0/16")
            .env("TYPES_ATTRIBUTES", "a=1,b=2")
            .load()
            .types();

    assertThat(types.small()).isEqualTo(5);
    assertThat(types.ratio()).isEqualTo(0.5);
    assertThat(types.flag()).isTrue();
    assertThat(types.pause()).isEqualTo(Duration.ofMinutes(90));
    assertThat(types.blocks()).hasSize(2);
    assertThat(types.attributes()).containsEntry("b", "2");
    assertThat(types.size().bytes()).isEqualTo(10_000_000);
    assertThat(types.names()).containsExactly("a", "b");
    assertThat(types.url()).isEmpty();
  }

  /// What each type refuses, and what its message says that it expected.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "text = 1 | types.text: 1 (expected: a text, in quotes)",
        "text = \"  \" | (expected: a text that is not blank)",
        "text = \"aaaaaaaaaaaaaaaaaaaaa\" | (expected: at most 20 characters, not 21)",
        "form = \"A1\" | (expected: a text that matches [a-z]*)",
        "small = \"3\" | (expected: a whole number without quotes)",
        "small = 3.0 | types.small: 3.0 (expected: a whole number)",
        "small = 6 | types.small: 6 (expected: -5 to 5)",
        "small = 3000000000 | (expected: a whole number from -2147483648 to 2147483647)",
        "ratio = nan | (expected: a number)",
        "ratio = 1.5 | types.ratio: 1.5 (expected: 0.0 to 1.0)",
        "flag = \"true\" | (expected: true or false without quotes)",
        "flag = 1 | (expected: true or false)",
        "level = \"Info\" | did you mean INFO?",
        "url = \"nowhere\" | (expected: a URL such as https://example.org/path)",
        "pause = \"soon\" | (expected: ",
        "pause = 1979-05-27 | types.pause: 1979-05-27 (expected: a duration",
        "pause = 0 | types.pause: 0 (expected: at least 1ms)",
        "size = \"2 GB\" | (expected: at most 1 GB)",
        "regex = \"(\" | (expected: a regular expression, but at character",
        "blocks = [\"10.0.0.0/8\", 3] | config.toml:2:25: types.blocks: 3 (expected: an address",
        "names = { a = 1 } | (expected: an array, or a text with commas between the elements)",
        "attributes = [1] | (expected: a table, or a text such as k=v,k2=v2)",
        "colour = \"red\" | types.colour: \"red\" (expected: a colour such as #ff8800)",
      })
  void valueOfTheWrongKindIsRefusedWithWhatWasExpected(String line, String expected) {
    String report = fixture().toml("[types]\n" + line).check().report();

    assertThat(report).contains(expected).contains("The settings have 1 problem (");
  }
}

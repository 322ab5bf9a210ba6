package dev.quarterdeck.settings.toml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TomlErrorsTest {
  private static List<TomlError> errors(String text) {
    return Toml.parse(text.getBytes(StandardCharsets.UTF_8)).errors();
  }

  private static String show(TomlError error) {
    Position start = error.span().start();
    return "%s %d:%d".formatted(error.code(), start.line(), start.column());
  }

  /// Each is one fault; the last line, `z = 0`, must be read in spite of it. Line breaks are `|`.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "key; toml.syntax 1:4",
        "key value; toml.syntax 1:5",
        "key: value; toml.syntax 1:4",
        "key|= 1; toml.syntax 1:4",
        "key.; toml.bad_key 1:5",
        ".key = 1; toml.bad_key 1:1",
        "= 1; toml.bad_key 1:1",
        "k\u00e9 = 1; toml.syntax 1:2",
        "\u3000k = 1; toml.bad_key 1:1",
        "!k = 1; toml.bad_key 1:1",
        "'''k''' = 1; toml.bad_key 1:1",
        "k =; toml.bad_value 1:4",
        "k =|1; toml.bad_value 1:4",
        "k = # none; toml.bad_value 1:5",
        "k = yes; toml.bad_value 1:5",
        "k = @x; toml.bad_value 1:5",
        "k = \u201cx\u201d; toml.bad_value 1:5",
        "k = 1 2; toml.syntax 1:7",
        "k = 'x' y; toml.syntax 1:9",
        "k = [1, 2; toml.unclosed_bracket 1:5",
        "k = [|  1,|  2,; toml.unclosed_bracket 1:5",
        "k = [|  'x'|; toml.unclosed_bracket 1:5",
        "k = [1 2]; toml.syntax 1:8",
        "k = [|  1|  2|]; toml.syntax 3:3",
        "k = [1,, 2]; toml.syntax 1:8",
        "k = [,]; toml.syntax 1:6",
        "k = [1, x, 2]; toml.bad_value 1:9",
        "k = [1, 'x, 2]; toml.unclosed_string 1:9",
        "k = [1, 2}; toml.unclosed_bracket 1:5",
        "k = [1, 2)|; toml.syntax 1:10",
        "k = {a = 1; toml.unclosed_bracket 1:5",
        "k = {a = [1}; toml.unclosed_bracket 1:10",
        "k = {a = 1 b = 2}; toml.syntax 1:12",
        "k = {|  a = 1|  b = 2|}; toml.syntax 3:3",
        "k = {a}; toml.syntax 1:7",
        "k = {a =}; toml.bad_value 1:9",
        "k = {a = 1,, b = 2}; toml.syntax 1:12",
        "k = {a = x, b = 2}; toml.bad_value 1:10",
        "k = foo[1,|2,|3]; toml.bad_value 1:5",
        "k = foo; toml.bad_value 1:5",
        "[t; toml.unclosed_bracket 1:3",
        "[t|]; toml.unclosed_bracket 1:3",
        "[]; toml.bad_key 1:2",
        "[t.]; toml.bad_key 1:4",
        "[[t]; toml.unclosed_bracket 1:4",
        "[t]]; toml.syntax 1:4",
        "[t] x; toml.syntax 1:5",
        "k = 'x; toml.unclosed_string 1:5",
        "k = \"x\\; toml.unclosed_string 1:5",
        "k = \"one|two|three\"; toml.unclosed_string 1:5",
        "'k = 1; toml.unclosed_string 1:1",
        "\"k|l\" = 1; toml.unclosed_string 1:1",
        "k = \"\\q\"; toml.bad_escape 1:6",
        "k = \"\\ud800\"; toml.bad_escape 1:6",
        "k = \"\\u12\"; toml.bad_escape 1:6",
        "k = \"\\U00110000\"; toml.bad_escape 1:6",
        "k = 01; toml.bad_number 1:5",
        "k = 99999999999999999999; toml.integer_range 1:5",
        "k = 2023-02-30; toml.bad_date_time 1:5",
        "k = 1\rj = 2; toml.control_character 1:6",
        "k = \"\u0000\"; toml.control_character 1:6",
        "# \u0007; toml.control_character 1:3",
        "\u0000k = 1; toml.encoding 1:1",
        "ab\u0000 = 1; toml.control_character 1:3"
      })
  void givesOneReportForOneFaultAndReadsOn(String row) {
    String text = row.substring(0, row.lastIndexOf("; "));
    String expected = row.substring(row.lastIndexOf("; ") + 2);
    String file = text.replace('|', '\n') + "\nz = 0\n";
    assertThat(errors(file)).extracting(TomlErrorsTest::show).containsExactly(expected);
    if (!expected.startsWith(TomlCodes.ENCODING)) {
      TomlTable root = Toml.parse(file.getBytes(StandardCharsets.UTF_8)).root();
      TomlNode below = root.get("t") instanceof TomlTable table ? table.get("z") : null;
      boolean lost = text.startsWith("[]") || text.startsWith("[t.]");
      assertThat(
              root.get("z") != null || below != null || root.get("t") instanceof TomlArray || lost)
          .as("the last line is read")
          .isTrue();
    }
  }

  @Test
  void saysKeyFaultAndRemedyButNeverTheValue() {
    assertThat(errors("[kafka]\nport = hunter2\nhost = \"hunter2\nname = 'x' hunter2\nsize = 10MB"))
        .extracting(TomlError::toString)
        .containsExactly(
            "line 2, column 8: kafka.port: not a TOML value (put text in quotes) [toml.bad_value]",
            "line 3, column 8: kafka.host: the string has no closing \" (close it on the same line,"
                + " or use three quotes for several lines) [toml.unclosed_string]",
            "line 4, column 12: kafka.name: something follows the value on its line, found a letter"
                + " (start a new line, or put the text in quotes) [toml.syntax]",
            "line 5, column 8: kafka.size: neither a number nor a date (write a number as TOML"
                + " does, or put text in quotes) [toml.bad_number]");
  }

  @Test
  void givesThePathThatCouldNotBeRead() {
    assertThat(errors("[a.b]\nc.d = x\ne\n[f\n[[g]]\nh = {i = x}"))
        .extracting(TomlError::path)
        .containsExactly(
            List.of("a", "b", "c", "d"), List.of("a", "b"), List.of("f"), List.of("g", "h"));
  }

  @Test
  void keepsWhatIsSoundInABraceTableWithAFault() {
    TomlResult result = Toml.parse("t = {a = 1, b = x, c = 3}".getBytes(StandardCharsets.UTF_8));
    assertThat(result.errors()).hasSize(1);
    assertThat(TomlWriter.write(result.root())).isEqualTo("[t]\na = 1\nc = 3\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "k = %s", "k = '%s", "k = \"%s", "k = \"\"\"%s", "k = \"%s\\q\"", "k = ['%s' '%s']",
            "k = [%s",
        "k = {a = %s}", "k = 'x' %s", "%s", "%s\"", "k = \"x\n%s\"\nb = 1", "k = \"x\n%s==\"",
            "k = 1%s",
        "k = \"%s\u0000\"", "k = '%s'\nk = '%s'", "[[%s", "k = 2020-01-01T%s", "k: %s", "k = @%s",
            "%s: x",
        "k = \"x\ny\n  %s=/+\"\nz = 1", "k = {'a' '%s'}", "k = [\n\"%s\n]"
      })
  void showsNoPartOfAValue(String form) {
    String secret = "hunter2correcthorse";
    List<TomlError> errors = errors(form.replace("%s", secret) + "\n");
    assertThat(errors).isNotEmpty();
    String shown = errors.toString();
    for (int i = 0; !form.startsWith("[[") && i + 6 <= secret.length(); i++) {
      assertThat(shown).doesNotContain(secret.substring(i, i + 6));
    }
  }

  @Test
  void shortensAndEscapesLongKeys() {
    String message =
        errors("\"" + "x".repeat(100_000) + "\\n\" = 1\n\"a\\nb\" = y").getFirst().message();
    assertThat(message).isEqualTo("\"a\\nb\": not a TOML value");
    assertThat(errors("x".repeat(100_000) + " = y").getFirst().message()).hasSizeLessThan(200);
    assertThat(errors("xy.".repeat(200) + "z = y").getFirst().message()).hasSizeLessThan(200);
  }

  @Test
  void reportsIndependentFaultsInTheOrderOfTheFile() {
    String[][] faults = {
      {"k# = yes", "toml.bad_value"},
      {"k# = 'x", "toml.unclosed_string"},
      {"k# = 'x' y", "toml.syntax"},
      {"k# 1", "toml.syntax"},
      {"= 1", "toml.bad_key"},
      {"k# =", "toml.bad_value"},
      {"k# = \"\\q\"", "toml.bad_escape"},
      {"k# = 0123", "toml.bad_number"},
      {"k# = 9223372036854775808", "toml.integer_range"},
      {"k# = 2021-02-30", "toml.bad_date_time"},
      {"same = 1", "toml.duplicate_key"},
      {"k# = [1 2]", "toml.syntax"},
      {"k# = [1,", "toml.unclosed_bracket"},
      {"k# = {a = 1, a = 2}", "toml.duplicate_key"},
      {"plain.k# = 1", "toml.key_conflict"},
      {"k# = '\u0007'", "toml.control_character"},
      {"k# = [\n  1,\n  nothing,\n]", "toml.bad_value"}
    };
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      StringBuilder file = new StringBuilder("same = 0\nplain = 0\n");
      List<String> expected = new ArrayList<>();
      int line = 3;
      for (int i = 0; i < 20; i++) {
        for (int sound = random.nextInt(3); sound > 0; sound--) {
          file.append("s").append(line).append(" = ['a', \"b\"] # sound\n");
          line++;
        }
        String[] fault = faults[random.nextInt(faults.length)];
        String text = fault[0].replace("#", Integer.toString(line));
        expected.add(fault[1] + " " + (line + (text.contains("nothing") ? 2 : 0)));
        file.append(text).append(random.nextBoolean() ? "\n" : "\r\n");
        line += text.contains("nothing") ? 4 : 1;
        if (text.endsWith("[1,")) {
          // Below an open bracket only a sound line shows that the bracket was forgotten.
          file.append("after").append(line++).append(" = 1\n");
        }
      }
      file.append("last = 0\n");
      TomlResult result = Toml.parse(file.toString().getBytes(StandardCharsets.UTF_8));
      assertThat(result.errors())
          .as("seed %d:%n%s", seed, file)
          .extracting(e -> e.code() + " " + e.span().start().line())
          .containsExactlyElementsOf(expected);
      assertThat(result.root().get("last")).isNotNull();
    }
  }

  @Test
  void reportsBytesThatAreNotUtf8WhereTheyStand() {
    byte[] text = "a = 'é?x' # ?\nb = ?\n?c = 1\nd = [1, \"?\"]\n".getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < text.length; i++) {
      text[i] = text[i] == '?' ? (byte) 0xE9 : text[i];
    }
    assertThat(Toml.parse(text).errors())
        .extracting(TomlErrorsTest::show)
        .containsExactly(
            "toml.encoding 1:7", "toml.encoding 2:5", "toml.encoding 3:1", "toml.encoding 4:10");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "C080",
        "C1BF",
        "E08080",
        "E09FBF",
        "EDA080",
        "EDBFBF",
        "F0808080",
        "F08FBFBF",
        "F4908080",
        "F5808080",
        "FF",
        "80",
        "C3",
        "E282",
        "F09F98",
        "EFBFBFFF"
      })
  void refusesEveryFormOfMalformedUtf8(String hex) {
    byte[] bad = java.util.HexFormat.of().parseHex("61203D2022" + hex + "22");
    assertThat(Toml.parse(bad).errors())
        .extracting(TomlError::code)
        .containsExactly(TomlCodes.ENCODING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"FEFF0061", "FFFE6100", "0061003D", "61003D00", "FFFE000061000000"})
  void saysThatAWiderEncodingIsNotUtf8(String hex) {
    assertThat(Toml.parse(java.util.HexFormat.of().parseHex(hex)).errors())
        .extracting(TomlError::message)
        .containsExactly("the file is UTF-16 or UTF-32");
  }

  @Test
  void stopsAfterAThousandFaultsAndSaysSo() {
    List<TomlError> errors = errors("x\n".repeat(5000));
    assertThat(errors).hasSize(1001);
    assertThat(show(errors.getLast())).isEqualTo("toml.too_many_errors 1001:1");
  }
}

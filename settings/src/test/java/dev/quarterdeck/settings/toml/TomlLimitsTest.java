package dev.quarterdeck.settings.toml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class TomlLimitsTest {
  private static TomlResult parse(String text) {
    return Toml.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  static Stream<Arguments> nested() {
    return Stream.of(
        Arguments.of("arrays", "a = ", "[", "", "]"),
        Arguments.of("tables in braces", "a = ", "{x = ", "1", "}"),
        Arguments.of("both", "a = ", "[{x = ", "1", "}]"),
        Arguments.of("dotted keys", "", "x.", "x = 1", ""),
        Arguments.of("headers", "[", "x.", "x]", ""));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("nested")
  void nestsTo256LevelsAndNoDeeper(
      String what, String before, String open, String middle, String close) {
    int step = what.equals("both") ? 2 : 1;
    int deepest = what.equals("dotted keys") || what.equals("headers") ? 255 : 256 / step;
    TomlResult sound = parse(before + open.repeat(deepest) + middle + close.repeat(deepest) + "\n");
    assertThat(sound.errors()).isEmpty();
    assertThat(parse(TomlWriter.write(sound.root())).root().sameValue(sound.root())).isTrue();
    for (int depth : new int[] {deepest + 1, 10_000, 200_000}) {
      TomlResult deep =
          parse(before + open.repeat(depth) + middle + close.repeat(depth) + "\nz = 1");
      assertThat(deep.errors()).extracting(TomlError::code).containsExactly(TomlCodes.DEPTH);
      assertThat(deep.root().get("z") != null || what.equals("headers")).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[", "{", "[{", "{a=", "{a=[", "[[", "a.", "\"", "\"\"\"", "'", "'''", "\\", "(", "#",
        "\"\\"
      })
  void survivesWhatIsOpenedAndNeverClosed(String open) {
    for (String before : new String[] {"", "a = ", "[a", "a = [\n", "a = {"}) {
      assertThatCode(() -> parse(before + open.repeat(50_000))).doesNotThrowAnyException();
      assertThatCode(() -> parse((before + open + "\n").repeat(5_000))).doesNotThrowAnyException();
    }
  }

  static Stream<Arguments> large() {
    StringBuilder keys = new StringBuilder();
    StringBuilder dotted = new StringBuilder();
    StringBuilder headers = new StringBuilder();
    StringBuilder twice = new StringBuilder();
    for (int i = 0; i < 300_000; i++) {
      keys.append("key").append(i).append(" = ").append(i).append('\n');
      dotted.append("a.b.c.k").append(i).append(" = 1\n");
      headers.append("[t").append(i).append("]\n");
      twice.append("k = 1\n");
    }
    return Stream.of(
        Arguments.of("keys", keys.toString(), 0),
        Arguments.of("dotted keys", dotted.toString(), 0),
        Arguments.of("headers", headers.toString(), 0),
        Arguments.of("an array of tables", "[[a]]\nb = 1\n".repeat(300_000), 0),
        Arguments.of("nested arrays of tables", "[[a]]\n[[a.b]]\n[a.b.c]\n".repeat(200_000), 0),
        Arguments.of("an array", "a = [" + "'x', ".repeat(1_000_000) + "]", 0),
        Arguments.of("an array of lines", "a = [\n" + "'x',\n".repeat(1_000_000) + "]", 0),
        Arguments.of("keys in braces", "a = {" + keys.toString().replace('\n', ',') + "}", 0),
        Arguments.of("a string", "a = '" + "x".repeat(10_000_000) + "'", 0),
        Arguments.of("escapes", "a = \"" + "\\n".repeat(3_000_000) + "\"", 0),
        Arguments.of("lines of a string", "a = \"\"\"" + "x\r\n".repeat(2_000_000) + "\"\"\"", 0),
        Arguments.of("letters that are not ASCII", "a = '" + "é".repeat(3_000_000) + "'", 0),
        Arguments.of("a comment", "#" + "é".repeat(3_000_000), 0),
        Arguments.of("blank lines", "\n".repeat(5_000_000), 0),
        Arguments.of("a key", "k".repeat(5_000_000) + " = 1", 0),
        Arguments.of("digits", "a = " + "9".repeat(3_000_000), 1),
        Arguments.of("decimals", "a = 0." + "1".repeat(1_000_000), 0),
        Arguments.of("the same key", twice.toString(), 1001),
        Arguments.of("open brackets", "a = [\n".repeat(300_000), 1001),
        Arguments.of("open strings", "a = \"x\n".repeat(300_000), 1001),
        Arguments.of(
            "open strings on long lines",
            ("a = \"" + "\\\"".repeat(2_000) + "\n").repeat(1_000),
            1001),
        Arguments.of("a long broken line", "a = [x " + "\"\\\"".repeat(1_000_000), 1));
  }

  /// The bound is far above what time that grows with the length needs, and far below what time
  /// that grows with its square needs.
  @ParameterizedTest(name = "{0}")
  @MethodSource("large")
  void takesTimeThatGrowsWithTheLength(String what, String text, int faults) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    TomlResult result =
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60), () -> Toml.parse(bytes));
    assertThat(result.errors()).hasSize(faults);
  }
}

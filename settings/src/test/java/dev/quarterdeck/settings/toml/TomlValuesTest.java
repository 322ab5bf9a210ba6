package dev.quarterdeck.settings.toml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.temporal.Temporal;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TomlValuesTest {
  static TomlTable read(String text) {
    TomlResult result = Toml.parse(text.getBytes(StandardCharsets.UTF_8));
    assertThat(result.errors()).as(text).isEmpty();
    return result.root();
  }

  private static @Nullable TomlNode value(String text) {
    return read("k = " + text).get("k");
  }

  private static @Nullable String code(String text, TomlVersion version) {
    TomlResult result = Toml.parse(("k = " + text).getBytes(StandardCharsets.UTF_8), version);
    assertThat(result.errors()).as(text).hasSizeLessThan(2);
    return result.ok() ? null : result.errors().getFirst().code();
  }

  static Stream<Arguments> strings() {
    return Stream.of(
        Arguments.of("\"\"", ""),
        Arguments.of("''", ""),
        Arguments.of("\"plain\"", "plain"),
        Arguments.of("\"tab\there\"", "tab\there"),
        Arguments.of("\"grüße 😀\"", "grüße 😀"),
        Arguments.of("'C:\\dir\\'", "C:\\dir\\"),
        Arguments.of("\"\\b\\t\\n\\f\\r\\e\\\"\\\\\"", "\b\t\n\f\r\u001b\"\\"),
        Arguments.of("\"\\x41\\u00e9\\U0001F600\\x7f\"", "Aé😀\u007f"),
        Arguments.of("\"\"\"\"\"\"", ""),
        Arguments.of("\"\"\"\none\r\ntwo\n\"\"\"", "one\ntwo\n"),
        Arguments.of("\"\"\"\n\none\"\"\"", "\none"),
        Arguments.of(
            "\"\"\"one \\\n\n   \t two\\  \r\n three\"\"\"",
            "one two three".replace("two three", "twothree")),
        Arguments.of("\"\"\"\"two\"\"\"\"\"", "\"two\"\""),
        Arguments.of("\"\"\"a\"\"b\\\"\"\"\"", "a\"\"b\""),
        Arguments.of("'''\r\nit's \\n ''x'''''", "it's \\n ''x''"),
        Arguments.of("\"#=[]{},\"", "#=[]{},"));
  }

  @ParameterizedTest
  @MethodSource("strings")
  void readsStrings(String text, String expected) {
    assertThat(value(text))
        .isInstanceOfSatisfying(TomlString.class, s -> assertThat(s.value()).isEqualTo(expected));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "+0, 0",
    "-0, 0",
    "42, 42",
    "+99, 99",
    "-17, -17",
    "1_000, 1000",
    "1_2_3, 123",
    "9223372036854775807, 9223372036854775807",
    "-9223372036854775808, -9223372036854775808",
    "9_223_372_036_854_775_807, 9223372036854775807",
    "0xDEADbeef, 3735928559",
    "0xdead_beef, 3735928559",
    "0x00, 0",
    "0x7fffffffffffffff, 9223372036854775807",
    "0o755, 493",
    "0o777777777777777777777, 9223372036854775807",
    "0b1101_0110, 214",
    "100000000000000000, 100000000000000000",
    "999999999999999999, 999999999999999999",
    "1000000000000000000, 1000000000000000000"
  })
  void readsIntegersExactly(String text, long expected) {
    assertThat(value(text))
        .isInstanceOfSatisfying(TomlInteger.class, i -> assertThat(i.value()).isEqualTo(expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9223372036854775808",
        "-9223372036854775809",
        "0x8000000000000000",
        "0xFFFFFFFFFFFFFFFFF",
        "0b1000000000000000000000000000000000000000000000000000000000000000",
        "99999999999999999999",
        "0o1000000000000000000000"
      })
  void refusesIntegersOver64Bits(String text) {
    assertThat(code(text, TomlVersion.V1_1)).isEqualTo(TomlCodes.INTEGER_RANGE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "01",
        "-01",
        "1__0",
        "1_",
        "_1x",
        "0x",
        "0x_1",
        "0x1_",
        "0o8",
        "0b2",
        "+0x1",
        "-0b1",
        "0X1",
        "1.",
        "1.e5",
        "1e",
        "1e+",
        "1._5",
        "1_.5",
        "1.5_",
        "1e_5",
        "1e5_",
        "00.5",
        "1.5.5",
        "1e5.5",
        "10s",
        "128Mi",
        "127.0.0.1",
        "1e400",
        "-1e400",
        "1a",
        "0xg",
        "1+1"
      })
  void refusesNumbersThatAreNotWrittenAsTomlDoes(String text) {
    assertThat(code(text, TomlVersion.V1_1))
        .isIn(TomlCodes.BAD_NUMBER, TomlCodes.BAD_VALUE)
        .isEqualTo(text.startsWith("_") ? TomlCodes.BAD_VALUE : TomlCodes.BAD_NUMBER);
  }

  @ParameterizedTest
  @CsvSource({
    "+1.0, 1.0",
    "3.1415, 3.1415",
    "-0.01, -0.01",
    "5e+22, 5e22",
    "1e06, 1e6",
    "-2E-2, -0.02",
    "6.626e-34, 6.626e-34",
    "224_617.445_991_228, 224617.445991228",
    "0.0, 0.0",
    "-0.0, -0.0",
    "inf, Infinity",
    "+inf, Infinity",
    "-inf, -Infinity",
    "nan, NaN",
    "-nan, NaN",
    "+nan, NaN",
    "1e-400, 0.0",
    "1.7976931348623157e308, 1.7976931348623157E308",
    "4.9e-324, 4.9e-324",
    "0.1, 0.1",
    "123456789012345678.5, 1.2345678901234568E17",
    "0.30000000000000004, 0.30000000000000004",
    "9007199254740993.0, 9007199254740992",
    "1234567890.12345678901, 1234567890.12345678901"
  })
  void readsFloatsToTheNearestDouble(String text, double expected) {
    assertThat(value(text))
        .isInstanceOfSatisfying(
            TomlFloat.class, f -> assertThat(f.value()).isEqualTo(Double.valueOf(expected)));
  }

  static Stream<Arguments> dates() {
    return Stream.of(
        Arguments.of("1979-05-27T07:32:00Z", OffsetDateTime.parse("1979-05-27T07:32:00Z")),
        Arguments.of("1979-05-27t07:32:00z", OffsetDateTime.parse("1979-05-27T07:32:00Z")),
        Arguments.of(
            "1979-05-27 00:32:00.5-07:00", OffsetDateTime.parse("1979-05-27T00:32:00.5-07:00")),
        Arguments.of("1979-05-27 07:32+01:30", OffsetDateTime.parse("1979-05-27T07:32:00+01:30")),
        Arguments.of("2000-01-01T00:00:00+23:00", OffsetDateTime.parse("1999-12-31T01:00:00Z")),
        Arguments.of("1979-05-27T07:32:00", LocalDateTime.parse("1979-05-27T07:32:00")),
        Arguments.of("1979-05-27 07:32", LocalDateTime.parse("1979-05-27T07:32:00")),
        Arguments.of("2024-02-29", LocalDate.parse("2024-02-29")),
        Arguments.of("0000-01-01", LocalDate.of(0, 1, 1)),
        Arguments.of("07:32", LocalTime.parse("07:32")),
        Arguments.of("23:59:59.9999999999999", LocalTime.parse("23:59:59.999999999")));
  }

  @ParameterizedTest
  @MethodSource("dates")
  void readsDatesAndTimes(String text, Temporal expected) {
    assertThat(value(text))
        .isInstanceOfSatisfying(TomlDateTime.class, d -> assertThat(d.value()).isEqualTo(expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2023-02-29",
        "2023-13-01",
        "2023-00-10",
        "2023-01-00",
        "2023-1-01",
        "23-01-01",
        "24:00:00",
        "12:60:00",
        "12:30:60",
        "12:30:",
        "12:30:00.",
        "1:30:00",
        "2023-01-01T",
        "2023-01-01T12",
        "2023-01-01T12:30:00+1:00",
        "2023-01-01T12:30:00+24:00",
        "2023-01-01T12:30:00ZZ",
        "2023-01-01 12:30:00 Z",
        "2023-01-01x12:30:00",
        "0000-01-01T00:00:00+23:59",
        "12345-01-01",
        "07:32:00Z"
      })
  void refusesDatesThatDoNotExist(String text) {
    assertThat(code(text, TomlVersion.V1_1))
        .isEqualTo(text.endsWith(" Z") ? TomlCodes.SYNTAX : TomlCodes.BAD_DATE_TIME);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "07:32; toml.bad_date_time", "2023-01-01T07:32; toml.bad_date_time",
            "2023-01-01T07:32Z; toml.bad_date_time",
        "'\"\\e\"'; toml.bad_escape", "'\"\\x41\"'; toml.bad_escape", "{a = 1,}; toml.syntax"
      })
  void keepsWhatIsNewIn11OutOf10(String text, String code) {
    assertThat(code(text, TomlVersion.V1_0)).isEqualTo(code);
    assertThat(code(text, TomlVersion.V1_1)).isNull();
  }

  @Test
  void reportsALineBreakInBracesOnceIn10() {
    byte[] text = "t = {\n a = 1, # x\n b = 2,\n}\nc = 3".getBytes(StandardCharsets.UTF_8);
    assertThat(Toml.parse(text).errors()).isEmpty();
    TomlResult old = Toml.parse(text, TomlVersion.V1_0);
    assertThat(old.errors()).extracting(TomlError::code).containsExactly(TomlCodes.SYNTAX);
    assertThat(old.root().sameValue(Toml.parse(text).root())).isTrue();
  }

  @Test
  void readsArraysOverSeveralLines() {
    TomlTable root = read("a = [ # one\n 1,\n\n 'x', [], [[2]], {b = 3}, # last\n]\nb = [\n]");
    assertThat(TomlWriter.write(root)).isEqualTo("a = [1, \"x\", [], [[2]], { b = 3 }]\nb = []\n");
  }

  @Test
  void readsBooleans() {
    assertThat(value("true"))
        .isInstanceOfSatisfying(TomlBoolean.class, b -> assertThat(b.value()).isTrue());
    assertThat(value("false"))
        .isInstanceOfSatisfying(TomlBoolean.class, b -> assertThat(b.value()).isFalse());
  }

  @Test
  void namesTheKindOfEveryValue() {
    TomlTable root =
        read(
            "a=''\n"
                + "b=1\n"
                + "c=1.0\n"
                + "d=true\n"
                + "e=[]\n"
                + "f={}\n"
                + "g=2020-01-01\n"
                + "h=01:00:00\n"
                + "i=2020-01-01T01:00:00\n"
                + "j=2020-01-01T01:00:00Z");
    assertThat(root.entries().values())
        .extracting(e -> e.value().kind())
        .containsExactly(
            "string",
            "integer",
            "float",
            "boolean",
            "array",
            "table",
            "local date",
            "local time",
            "local date-time",
            "offset date-time");
  }
}

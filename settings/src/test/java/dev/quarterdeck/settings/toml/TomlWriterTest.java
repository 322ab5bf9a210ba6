package dev.quarterdeck.settings.toml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TomlWriterTest {
  @Test
  void writesPlainKeysBeforeTables() {
    Map<String, Object> server = new LinkedHashMap<>();
    server.put("tls", Map.of("on", true));
    server.put("host", "::1");
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("server", server);
    values.put("name", "grüße \"x\"\n\u0007");
    values.put("sizes", List.of(1, 2L, (short) 3));
    values.put("rate", 0.5f);
    values.put("day", LocalDate.of(2026, 11, 21));
    values.put("workers", List.of(Map.of("id", 1), Map.of("id", 2)));
    values.put("mixed", List.of(Map.of("a b", 1), "x"));
    values.put("empty", Map.of());
    values.put("none", List.of());
    assertThat(TomlWriter.write(values))
        .isEqualTo(
            """
            name = "grüße \\"x\\"\\n\\u0007"
            sizes = [1, 2, 3]
            rate = 0.5
            day = 2026-11-21
            mixed = [{ "a b" = 1 }, "x"]
            none = []

            [server]
            host = "::1"

            [server.tls]
            on = true

            [[workers]]
            id = 1

            [[workers]]
            id = 2

            [empty]
            """);
  }

  @Test
  void leavesOutHeadersThatOthersImply() {
    assertThat(TomlWriter.write(Map.of("a", Map.of("b c", Map.of("d", 1)))))
        .isEqualTo("[a.\"b c\"]\nd = 1\n");
  }

  @Test
  void writesNothingForAnEmptyTable() {
    assertThat(TomlWriter.write(Map.of())).isEmpty();
  }

  @Test
  void namesTheKeyOfAValueThatTomlDoesNotHave() {
    refused(
        Map.of("a", Map.of("b", new Object())),
        "a.b: a value of java.lang.Object (expected: a string, number, boolean, date, map or"
            + " list)");
    refused(nullAt("a"), "a: null (expected: a value; TOML has no null, leave the key out)");
    refused(
        Map.of("a", Arrays.asList(1, null)),
        "a: null (expected: a value; TOML has no null, leave the key out)");
    refused(Map.of("a", "x\uD800"), "a: text with half a surrogate pair (expected: Unicode text)");
    refused(
        Map.of("a", Map.of(1, 2)),
        "a: a key that is not a string (expected: keys that are strings)");
    refused(
        Map.of("a", LocalDate.of(10_000, 1, 1)),
        "a: a date in another year (expected: the years 0 to 9999)");
    refused(
        Map.of("a", OffsetDateTime.parse("2026-01-01T00:00:00+01:00:30")),
        "a: an offset with seconds (expected: an offset in whole minutes)");
  }

  @Test
  void refusesValuesThatNestTooDeepOrEndlessly() {
    List<Object> endless = new ArrayList<>();
    endless.add(endless);
    refused(Map.of("a", endless), "a: nested too deep (expected: at most 256 levels)");
  }

  private static Map<String, @Nullable Object> nullAt(String key) {
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put(key, null);
    return values;
  }

  private static void refused(Map<String, ?> values, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TomlWriter.write(values))
        .withMessage(message);
  }
}

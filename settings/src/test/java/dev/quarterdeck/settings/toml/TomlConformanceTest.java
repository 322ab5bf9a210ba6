package dev.quarterdeck.settings.toml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Runs the public conformance cases where a checkout of them lies beside the repository; the
/// project's own vectors in the other tests cover the same ground everywhere else.
class TomlConformanceTest {
  @ParameterizedTest
  @CsvSource({"V1_0, files-toml-1.0.0", "V1_1, files-toml-1.1.0"})
  void agreesWithEveryCase(TomlVersion version, String list) throws IOException {
    Path cases = cases();
    assumeTrue(Files.isDirectory(cases), "no conformance cases at " + cases);
    List<String> failures = new ArrayList<>();
    int valid = 0;
    int invalid = 0;
    for (String name : Files.readAllLines(cases.resolve(list))) {
      if (!name.endsWith(".toml")) {
        continue;
      }
      byte[] bytes = Files.readAllBytes(cases.resolve(name));
      TomlResult result = Toml.parse(bytes, version);
      if (name.startsWith("invalid/")) {
        invalid++;
        if (result.ok()) {
          failures.add(name + ": accepted");
        }
      } else {
        valid++;
        String json = Files.readString(cases.resolve(name.replaceFirst("toml$", "json")));
        compare(name, Json.parse(json), result, failures);
      }
    }
    assertThat(failures).isEmpty();
    assertThat(valid).isGreaterThan(190);
    assertThat(invalid).isGreaterThan(440);
  }

  private static void compare(
      String name, Object expected, TomlResult result, List<String> failures) {
    if (!result.ok()) {
      failures.add(name + ": " + result.errors());
    } else if (!matches(expected, result.root())) {
      failures.add(name + ": another value");
    } else if (!Toml.parse(
            TomlWriter.write(result.root()).getBytes(java.nio.charset.StandardCharsets.UTF_8))
        .root()
        .sameValue(result.root())) {
      failures.add(name + ": written and read again it is another value");
    }
  }

  /// The directory beside the repository, whose root is the highest directory above with a pom.
  private static Path cases() {
    Path root = null;
    for (Path p = Path.of("").toAbsolutePath(); p != null; p = p.getParent()) {
      root = Files.exists(p.resolve("pom.xml")) ? p : root;
    }
    return root == null ? Path.of("shared") : root.resolveSibling("shared").resolve("toml-test");
  }

  private static boolean matches(Object expected, @Nullable TomlNode actual) {
    return switch (actual) {
      case TomlTable table ->
          expected instanceof Map<?, ?> map
              && map.keySet().equals(table.entries().keySet())
              && map.entrySet().stream()
                  .allMatch(e -> matches(e.getValue(), table.get((String) e.getKey())));
      case TomlArray array -> {
        if (!(expected instanceof List<?> list) || list.size() != array.elements().size()) {
          yield false;
        }
        boolean same = true;
        for (int i = 0; i < list.size(); i++) {
          same &= matches(list.get(i), array.elements().get(i));
        }
        yield same;
      }
      case TomlString string -> tagged(expected, "string", string.value()::equals);
      case TomlInteger integer ->
          tagged(expected, "integer", text -> Long.parseLong(text) == integer.value());
      case TomlFloat number ->
          tagged(expected, "float", text -> number(text).equals(number.value()));
      case TomlBoolean truth ->
          tagged(expected, "bool", text -> text.equals(Boolean.toString(truth.value())));
      case TomlDateTime.Offset offset ->
          tagged(expected, "datetime", text -> OffsetDateTime.parse(text).isEqual(offset.value()));
      case TomlDateTime.Local local ->
          tagged(
              expected, "datetime-local", text -> LocalDateTime.parse(text).equals(local.value()));
      case TomlDateTime.Date date ->
          tagged(expected, "date-local", date.value().toString()::equals);
      case TomlDateTime.Time time ->
          tagged(expected, "time-local", text -> LocalTime.parse(text).equals(time.value()));
      case null -> false;
    };
  }

  private static Double number(String text) {
    return switch (text) {
      case "inf", "+inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      case "nan" -> Double.NaN;
      default -> Double.parseDouble(text);
    };
  }

  private static boolean tagged(
      Object expected, String type, java.util.function.Predicate<String> value) {
    return expected instanceof Map<?, ?> map
        && type.equals(map.get("type"))
        && map.get("value") instanceof String text
        && value.test(text);
  }
}

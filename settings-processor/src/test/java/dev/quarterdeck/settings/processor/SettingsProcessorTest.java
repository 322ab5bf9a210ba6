package dev.quarterdeck.settings.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsProcessorTest {
  private static final String IMPORTS =
      "package p; import dev.quarterdeck.settings.*; import java.util.*; import java.time.Duration;"
          + " import dev.quarterdeck.settings.units.*; ";

  @TempDir Path output;

  private List<String> errors(String root) throws IOException {
    return new Compilation(output).errors(Map.of("p.Root", IMPORTS + "\n" + root));
  }

  private List<String> component(String component) throws IOException {
    return errors(
        "@SettingsRoot(profiles = {\"dev\", \"prod\"}, strict = \"prod\", profileKey = \"a\")\n"
            + "public record Root(@Setting(value = \"A.\", fallback = \"dev\") String a,\n"
            + component
            + ") {}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "String b | 4: Root.b: has neither @Setting nor @Table, so nothing could give it a value",
        "@Setting(\"\") Optional<String> b | 4: Root.b: its @Setting says nothing (expected: a"
            + " sentence with a full stop)",
        "@Setting(\"No full stop\") Optional<String> b | 4: Root.b: its @Setting says nothing"
            + " (expected: a sentence with a full stop)",
        "@Setting(\"B.\") Object b | 4: Root.b: java.lang.Object is not a setting type",
        "@Setting(\"B.\") float b | 4: Root.b: float is not a setting type (expected: int, long,"
            + " double or boolean)",
        "@Setting(\"B.\") Duration b | 4: Root.b: a duration needs the unit of bare numbers",
        "@Setting(\"B.\") Secret<Optional<String>> b | 4: Root.b:"
            + " dev.quarterdeck.settings.Secret<java.util.Optional<java.lang.String>> is not a"
            + " setting type (expected: Optional<Secret<T>>)",
        "@Setting(\"B.\") Map<Integer, String> b | is not a setting type",
        "@Setting(value = \"B.\", key = \"a\") int b | 4: Root.b: has the path a, which a has, too",
        "@Setting(value = \"B.\", key = \"A\") int b | 4: Root.b: A is not a path (expected: a-z,"
            + " 0-9, _ and -)",
        "@Setting(value = \"B.\", fallback = \"x\") int b | 4: Root.b: its default \"x\" cannot be"
            + " read (expected a whole number)",
        "@Setting(value = \"B.\", fallback = \"9\", max = \"8\") int b | 4: Root.b: its default"
            + " \"9\" breaks its constraint (expected: at most 8)",
        "@Setting(value = \"B.\", fallback = \"1\", profiles = @ProfileDefault(in = \"prod\", value"
            + " = \"0\"), min = \"1\") int b | 4: Root.b: its default \"0\" breaks its constraint"
            + " (expected: at least 1)",
        "@Setting(value = \"B.\", min = \"one\") int b | 4: Root.b: min = one (expected a whole"
            + " number)",
        "@Setting(value = \"B.\", min = \"a\") String b | 4: Root.b: min needs a type with an"
            + " order, which text is not",
        "@Setting(value = \"B.\", pattern = \"(\") String b | 4: Root.b: its pattern is malformed:"
            + " Unclosed group",
        "@Setting(value = \"B.\", profiles = @ProfileDefault(in = \"live\", value = \"0\")) int b |"
            + " 4: Root.b: has a default for live, which is no profile",
        "@Setting(value = \"B.\", fallback = \"s\") Secret<String> b | 4: Root.b: is a secret with"
            + " a default in the strict profile prod",
        "@Table(\"B.\") String b | 4: Root.b: java.lang.String is not a record (expected: a"
            + " settings record, a sealed interface of them",
        "@Table(\"B.\") Root b | 4: Root.b: Root contains itself",
        "@Setting(\"B.\") Secret<String> b, @Setting(\"C.\") String bFile | 4: Root.bFile: has the"
            + " environment variable B_FILE, which b (file) has, too",
      })
  void refusesAFaultyComponentAtItsPlace(String component, String expected) throws IOException {
    assertThat(component(component)).anySatisfy(one -> assertThat(one).contains(expected));
  }

  @Test
  void refusesEnvironmentNamesThatCollideAcrossTables() throws IOException {
    List<String> errors =
        errors(
            "@SettingsRoot public record Root(@Table(\"T.\") T kafka,"
                + " @Setting(\"A.\") String kafkaHost) {"
                + " public record T(@Setting(\"H.\") String host) {} }");

    assertThat(errors)
        .containsExactly(
            "2: Root.kafkaHost: has the environment variable KAFKA_HOST, which kafka.host has,"
                + " too");
  }

  @Test
  void refusesARootWithoutASettingForItsProfile() throws IOException {
    assertThat(errors("@SettingsRoot(profiles = \"dev\") public record Root() {}"))
        .containsExactly(
            "2: Root: no setting profile chooses the profile (declare one, or set profileKey)");
    assertThat(errors("@SettingsRoot public class Root {}"))
        .containsExactly("2: Root: only a record can be the root of settings");
  }

  @Test
  void refusesARecordThatTheBinderCannotReach() throws IOException {
    List<String> errors =
        new Compilation(output)
            .errors(
                Map.of(
                    "q.Outer",
                    "package q; import dev.quarterdeck.settings.*; public class Outer { record"
                        + " Hidden(@Setting(\"A.\") int a) {} public record Open(@Table(\"H.\")"
                        + " Hidden hidden) {} }",
                    "p.Root",
                    IMPORTS
                        + "@SettingsRoot public record Root(@Table(\"O.\") q.Outer.Open open) {}"));

    assertThat(errors)
        .contains("1: Open.hidden: q.Outer.Hidden is not public, so the binder cannot make it");
  }

  @Test
  void bindsRecordsOfOtherModulesFromTheirClassFiles() throws IOException {
    Compilation compilation = new Compilation(output);
    assertThat(
            compilation.errors(
                Map.of(
                    "q.Part",
                    "package q; import dev.quarterdeck.settings.*; public record Part("
                        + "@Setting(value = \"Length.\", fallback = \"5\") int pageSize) {}")))
        .isEmpty();

    assertThat(
            compilation.errors(
                Map.of(
                    "p.Root",
                    IMPORTS
                        + "@SettingsRoot(prefix = \"APP\") public record Root(@Table(\"Part.\")"
                        + " q.Part part) {}")))
        .isEmpty();
    assertThat(Files.readString(output.resolve("p/RootBinder.java")))
        .contains("b.key(\"part.page_size\", \"APP_PART_PAGE_SIZE\", Types.INT, \"Length.\")");
  }

  @Test
  void reportsFaultsOfOtherModulesRecordsAtTheRoot() throws IOException {
    Compilation compilation = new Compilation(output);
    compilation.errors(Map.of("q.Part", "package q; public record Part(int pageSize) {}"));

    assertThat(
            compilation.errors(
                Map.of(
                    "p.Root",
                    IMPORTS + "\n@SettingsRoot public record Root(@Table(\"P.\") q.Part part) {}")))
        .containsExactly(
            "2: Part.pageSize: has neither @Setting nor @Table, so nothing could give it a value");
  }

  @Test
  void quickStartOfTheReadmeCompilesAndIsShort() throws IOException {
    String readme = Files.readString(Path.of("../settings/README.md"));
    String[] parts = readme.split("```(java)?\n", -1);
    String schema = parts[1];
    String load = parts[3];

    assertThat((schema + load).lines().count()).isLessThanOrEqualTo(15);
    assertThat(
            new Compilation(output)
                .errors(
                    Map.of(
                        "p.AppSettings",
                        IMPORTS + schema,
                        "p.Main",
                        IMPORTS
                            + "import java.nio.file.Path; class Main { Object load() { "
                            + load
                            + " return loaded; } }")))
        .isEmpty();
  }
}

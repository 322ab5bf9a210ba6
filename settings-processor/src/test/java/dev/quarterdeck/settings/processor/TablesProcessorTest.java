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

/// What the processor says of lists, maps, sealed interfaces, changed names and converters.
class TablesProcessorTest {
  private static final String START =
      """
      package p;
      import dev.quarterdeck.settings.*;
      import java.util.*;
      @SettingsRoot(profiles = {"dev", "prod"}, strict = "prod", profileKey = "a")
      public record Root(@Setting(value = "A.", fallback = "dev") String a,
      """;

  @TempDir Path output;

  private List<String> errors(String component, String types) throws IOException {
    return new Compilation(output)
        .errors(Map.of("p.Root", START + component + ") {\n" + types + "}"));
  }

  private static final String TYPES =
      """
      public record One(@Setting("X.") String x) {}
      public record Secrets(@Setting(value = "X.", fallback = "x") Secret<String> x) {}
      public record Bad(@Setting(value = "X.", fallback = "x") int x) {}
      public record Twice(@Setting("X.") String xY, @Setting(value = "Y.", key = "x-y") String y) {}
      public record Cycle(@Table("C.") List<Cycle> more) {}
      public record Empty() {}
      public sealed interface Plain permits Alone {}
      public record Alone(@Setting("X.") String x) implements Plain {}
      @Discriminator("type") public sealed interface Both permits Left, Right {}
      public record Left(@Setting("X.") String x) implements Both {}
      public record Right(@Setting("X.") int x) implements Both {}
      @Discriminator("x") public sealed interface Clash permits Clashing {}
      public record Clashing(@Setting("X.") String x) implements Clash {}
      @Discriminator("type") public sealed interface Same permits First, Second {}
      @Spelled("s") public record First() implements Same {}
      @Spelled("s") public record Second() implements Same {}
      @Discriminator("type") public sealed interface Loop permits Looping {}
      public record Looping(@Table("L.") Loop loop) implements Loop {}
      @Discriminator("type") public sealed interface Odd permits Kind {}
      public enum Kind implements Odd { ONE }
      public record Colour(int rgb) {}
      public static class Reader implements Converter<Colour> {
        public Colour parse(String text) { return new Colour(1); }
        public String render(Colour value) { return ""; }
        public String expected() { return "a colour"; }
      }
      public abstract static class Unmade implements Converter<Colour> {}
      public static class Shut extends Reader { public Shut(int x) {} }
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "@Setting(\"B.\") List<One> b | Root.b: p.Root.One is not a setting type",
        "@Table(\"B.\") List<String> b | Root.b: java.lang.String is not a record (expected: a"
            + " settings record, a sealed interface of them, or a List or Map<String, …> of"
            + " either)",
        "@Table(\"B.\") Map<Integer, One> b | is not a record",
        "@Table(value = \"B.\", inline = true) List<One> b | Root.b: is a list, which cannot be"
            + " inline",
        "@Table(value = \"B.\", minLength = 1) One b | Root.b: is one table, so it has no length",
        "@Table(\"B.\") List<Secrets> b | Secrets.x: is a secret with a default in the strict"
            + " profile prod",
        "@Table(\"B.\") Map<String, Bad> b | Bad.x: its default \"x\" cannot be read",
        "@Table(\"B.\") List<Twice> b | Twice.y: has the environment variable X_Y, which x_y has,"
            + " too",
        "@Table(\"B.\") Cycle b | Cycle.more: Cycle contains itself",
        "@Table(\"B.\") List<Empty> b | Root.b: its elements have no settings",
        "@Table(\"B\") List<One> b | Root.b: its @Table says nothing",
        "@Table(\"B.\") Plain b | Root.b: Plain does not say which key chooses (expected:"
            + " @Discriminator)",
        "@Table(\"B.\") Both b | Right.x: is declared otherwise in left (expected: the same type,"
            + " default, limits and sentence, or another key)",
        "@Table(\"B.\") List<Clash> b | Clashing.x: has the path x, which",
        "@Table(\"B.\") Same b | Root.b: two variants have the text s",
        "@Table(\"B.\") Loop b | Looping.loop: Loop contains itself",
        "@Table(\"B.\") Odd b | Root.b: p.Root.Kind is not a record",
        "@Table(value = \"B.\", fallback = \"up\") Same b | Root.b: its default up is no variant"
            + " (expected: s)",
        "@Table(value = \"B.\", fallback = \"up\") One b | Root.b: is no sealed interface, so no"
            + " variant can be its default",
        "@Setting(value = \"B.\", formerly = \"a\") Optional<String> b | Root.b: a still exists as"
            + " a setting (expected: a name that nothing has any more)",
        "@Table(\"T.\") One t, @Setting(value = \"B.\", formerly = \"t\") Optional<String> b |"
            + " Root.b: t still exists as a table",
        "@Setting(value = \"B.\", formerly = \"old\") Optional<String> b, @Setting(value = \"C.\","
            + " formerly = \"old\") Optional<String> c | Root.c: has the environment variable OLD,"
            + " which old has, too",
        "@Setting(value = \"B.\", formerly = \"Old\") Optional<String> b | Root.b: Old is not a"
            + " path",
        "@Setting(value = \"B.\", deprecated = \"no\") Optional<String> b | Root.b: deprecated"
            + " without a reason",
        "@Setting(value = \"B.\", converter = Reader.class) String b | Root.b: p.Root.Reader reads"
            + " p.Root.Colour, not java.lang.String",
        "@Setting(value = \"B.\", converter = Unmade.class) Colour b | Root.b: p.Root.Unmade cannot"
            + " be made (expected: a class with a public constructor without parameters)",
        "@Setting(value = \"B.\", converter = Shut.class) Colour b | Root.b: p.Root.Shut cannot be"
            + " made",
        "@Setting(value = \"B.\", converter = Reader.class, min = \"1\") Colour b | Root.b: min and"
            + " max need a type with an order, which p.Root.Colour is not",
        "@Setting(value = \"B.\", converter = Reader.class, notBlank = true) Colour b | Root.b:"
            + " limits of texts do not reach p.Root.Colour",
        "@Setting(value = \"B.\", pattern = \"x\") int b | Root.b: pattern needs text, which"
            + " integer is not",
        "@Setting(value = \"B.\", maxLength = 3) int b | Root.b: a length needs text, a list or a"
            + " map, which integer is not",
        "@Setting(value = \"B.\", min = \"3\", max = \"2\") int b | Root.b: its min 3 is greater"
            + " than its max 2",
        "@Setting(value = \"B.\", fallback = \"1,9\", max = \"8\") List<Integer> b | Root.b: its"
            + " default \"1,9\" breaks its constraint (expected: each element at most 8)",
      })
  void refusesAFaultyDeclaration(String component, String expected) throws IOException {
    assertThat(errors(component, TYPES)).anySatisfy(one -> assertThat(one).contains(expected));
  }

  @Test
  void bindsAllOfItWithoutAWarning() throws IOException {
    assertThat(
            errors(
                """
                @Table("B.") List<One> b,
                @Table(value = "C.", fallback = "first") Map<String, Good> c,
                @Setting(value = "D.", converter = Reader.class, minLength = 1) List<Colour> d,
                @Setting(value = "E.", converter = Reader.class) Map<String, Colour> e,
                @Setting(value = "F.", converter = Reader.class) Optional<Secret<Colour>> f,
                @Setting(value = "G.", min = "1", max = "3", maxLength = 2) List<Integer> g,
                @Setting(value = "H.", pattern = "[a-z]") Set<String> h
                """,
                TYPES
                    + """
                    @Discriminator("type") public sealed interface Good permits First1, Other {}
                    @Spelled("first") public record First1(@Setting("X.") String x)
                        implements Good {}
                    public record Other(@Setting("X.") String x, @Table("O.") List<One> ones)
                        implements Good {}
                    """))
        .isEmpty();
  }

  @Test
  void everyRecipeCompiles() throws IOException {
    String[] parts = Files.readString(Path.of("../settings/docs/recipes.md")).split("```", -1);
    int recipes = 0;
    for (int i = 1; i < parts.length; i += 2) {
      if (parts[i].startsWith("java\n")) {
        recipes++;
        String source =
            "package p; import dev.quarterdeck.settings.*; import java.net.URI; import"
                + " java.nio.file.Path; import java.time.Duration; import java.util.*; public class"
                + " Recipe {\n"
                + parts[i].substring(5)
                + "}";
        Path target = Files.createDirectory(output.resolve("recipe" + recipes));
        assertThat(new Compilation(target).errors(Map.of("p.Recipe", source)))
            .as(parts[i])
            .isEmpty();
      }
    }
    assertThat(recipes).isEqualTo(4);
  }

  @Test
  void refusesADefunctSettingThatStillExists() throws IOException {
    String root =
        """
        package p;
        import dev.quarterdeck.settings.*;
        @SettingsRoot
        @Defunct(value = "a", reason = "It is gone.")
        @Defunct(value = "b", reason = "gone")
        public record Root(@Setting("A.") String a) {}
        """;

    assertThat(new Compilation(output).errors(Map.of("p.Root", root)))
        .anySatisfy(one -> assertThat(one).contains("Root: a still exists as a setting"))
        .anySatisfy(one -> assertThat(one).contains("Root: its @Defunct says no reason"));
  }
}

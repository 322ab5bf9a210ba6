package dev.quarterdeck.settings.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.settings.Checkup;
import dev.quarterdeck.settings.Settings;
import dev.quarterdeck.settings.SettingsException;
import dev.quarterdeck.settings.render.Difference;
import dev.quarterdeck.settings.render.EffectiveToml;
import dev.quarterdeck.settings.render.Side;
import dev.quarterdeck.settings.toml.TomlWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is written of random settings loads to the same settings; the seed is fixed.
class RoundTripTest {
  private static final String LETTERS =
      "abc XYZ\"'\\#=,.[]{}$`\t\n\u00e9\u20ac\u4e2d\ud83d\ude00\u0301\u202e";

  @TempDir Path directory;
  private final Random random = new Random(20261121);

  private Checkup<Sample> load(String name, String content) throws IOException {
    Path file = Files.writeString(directory.resolve(name), content);
    return Settings.of(SampleBinder.INSTANCE).toml(file).check();
  }

  @Test
  void effectiveSettingsLoadToAnEqualRecordWhateverTheValues() throws IOException {
    for (int round = 0; round < 300; round++) {
      Checkup<Sample> first = load("first.toml", TomlWriter.write(settings()));
      assertThat(first.report()).as("round " + round).isEmpty();

      String written = EffectiveToml.write(first.provenance());
      Checkup<Sample> second = load("second.toml", written);

      assertThat(second.report()).as(written).isEmpty();
      assertThat(second.loaded().orElseThrow().value().toString())
          .isEqualTo(first.loaded().orElseThrow().value().toString());
      assertThat(EffectiveToml.write(second.provenance())).isEqualTo(written);
      assertThat(
              new Difference(Side.of("a", first.provenance()), Side.of("b", second.provenance()))
                  .any())
          .isFalse();
    }
  }

  @Test
  void noDocumentThrowsAnythingButTheDocumentedException() throws IOException {
    for (int round = 0; round < 500; round++) {
      StringBuilder text = new StringBuilder(TomlWriter.write(settings()));
      for (int change = random.nextInt(6); change >= 0; change--) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
          case 0 -> text.deleteCharAt(at);
          case 1 -> text.insert(at, LETTERS.charAt(random.nextInt(LETTERS.length())));
          default -> text.setCharAt(at, (char) random.nextInt(0x250));
        }
      }
      Path file = Files.write(directory.resolve("x.toml"), utf8(text));
      try {
        assertThat(Settings.of(SampleBinder.INSTANCE).toml(file).dotenv(file).load()).isNotNull();
      } catch (SettingsException e) {
        assertThat(e.faults()).isNotEmpty();
        assertThat(e.getMessage()).startsWith("The settings have ");
      }
    }
  }

  /// Half pairs of surrogates become a question mark.
  private static byte[] utf8(CharSequence text) {
    return text.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  private Map<String, Object> settings() {
    Map<String, Object> types = new LinkedHashMap<>();
    put(types, "text", "x" + text(9));
    put(types, "small", (long) random.nextInt(-5, 6));
    put(types, "large", random.nextLong());
    put(types, "ratio", random.nextDouble());
    put(types, "flag", random.nextBoolean());
    put(types, "level", random.nextBoolean() ? "DEBUG" : "INFO");
    put(types, "url", "https://h" + random.nextInt(100) + ".example.org/p?q=%20#f");
    put(types, "note", text(30));
    put(types, "path", "/a b/" + random.nextInt(100));
    put(types, "pause", random.nextInt(1, 1 << 30) + "ms");
    put(types, "size", (long) random.nextInt(1_000_000_000));
    put(types, "cpu", random.nextInt(1, 9000) + "m");
    put(types, "memory", random.nextInt(1, 900) + "Mi");
    put(
        types,
        "rates",
        random.nextInt(1, 99) + "/minute; 5 per " + random.nextInt(1, 9) + " hours");
    put(types, "address", "[::1]:" + random.nextInt(1, 65536));
    put(types, "blocks", List.of("10.0.0.0/" + random.nextInt(8, 33)));
    put(types, "names", names());
    put(types, "attributes", Map.of("k" + text(3).strip(), text(5), "l", text(5)));
    put(types, "colour", "#%06x".formatted(random.nextInt(1 << 24)));
    Map<String, Object> root = new LinkedHashMap<>();
    put(root, "profile", random.nextBoolean() ? "test" : "development");
    put(root, "page_size", (long) random.nextInt(1, 100));
    root.put("types", types);
    return root;
  }

  private void put(Map<String, Object> table, String name, Object value) {
    if (random.nextInt(4) > 0) {
      table.put(name, value);
    }
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      names.add(i + text(6));
    }
    return names;
  }

  private String text(int most) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      int letter =
          LETTERS.offsetByCodePoints(
              0, random.nextInt(LETTERS.codePointCount(0, LETTERS.length())));
      text.appendCodePoint(LETTERS.codePointAt(letter));
    }
    return text.toString();
  }
}

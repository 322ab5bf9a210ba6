package dev.quarterdeck.settings.toml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TomlPropertyTest {
  private static final int[] POINTS = {
    'a', 'Z', '0', '_', '-', '.', ' ', '"', '\'', '\\', '\n', '\r', '\t', '=', '[', '{', '#', 0, 7,
    0x1B, 0x7F, 0x85, 0xA0, 0xE9, 0x2028, 0x20AC, 0xFEFF, 0xFFFF, 0x1F600, 0x10FFFF
  };
  private static final String[] PIECES = {
    "a",
    "b.c",
    "\"k\"",
    "'l'",
    "=",
    " = ",
    "1",
    "-2.5e3",
    "0x1F",
    "true",
    "inf",
    "nan",
    "1979-05-27",
    "07:32:00",
    "1979-05-27T07:32:00Z",
    "\"x\"",
    "'y'",
    "\"\"\"",
    "'''",
    "\"",
    "'",
    "\\",
    "\\n",
    "\\u00e9",
    "[",
    "]",
    "[[",
    "]]",
    "{",
    "}",
    ",",
    "\n",
    "\r\n",
    "\r",
    "\t",
    " ",
    "#",
    "é",
    "\u0000",
    "\uFEFF",
    "[a]",
    "[[b]]",
    "a = 1\n",
    "b.c = [1, 2]\n",
    "t = {x = 1}\n",
    ".",
    "_",
    "+",
    ":",
    "99999999999999999999"
  };

  @Test
  void readsBackWhatItWrites() {
    for (int seed = 0; seed < 1_500; seed++) {
      TomlTable table = table(new Random(seed), 0);
      String text = TomlWriter.write(table);
      for (TomlVersion version : TomlVersion.values()) {
        TomlResult result = Toml.parse(text.getBytes(StandardCharsets.UTF_8), version);
        assertThat(result.errors()).as("seed %d:%n%s", seed, text).isEmpty();
        assertThat(result.root().sameValue(table)).as("seed %d:%n%s", seed, text).isTrue();
        assertThat(TomlWriter.write(result.root())).as("seed %d", seed).isEqualTo(text);
      }
    }
  }

  @Test
  void throwsNothingWhateverTheInput() {
    for (int seed = 0; seed < 20_000; seed++) {
      Random random = new Random(seed);
      byte[] bytes = random.nextInt(4) == 0 ? noise(random) : mutated(random);
      TomlVersion version = random.nextBoolean() ? TomlVersion.V1_0 : TomlVersion.V1_1;
      TomlResult result = Toml.parse(bytes, version);
      int before = 0;
      for (TomlError error : result.errors()) {
        assertThat(error.span().start().offset())
            .as("seed %d", seed)
            .isBetween(before, bytes.length);
        assertThat(error.span().end().offset())
            .as("seed %d", seed)
            .isBetween(error.span().start().offset(), bytes.length);
        before = error.span().start().offset();
      }
      assertThat(places(bytes, result)).as("seed %d", seed).isTrue();
      String text = TomlWriter.write(result.root());
      TomlResult again = Toml.parse(text.getBytes(StandardCharsets.UTF_8));
      assertThat(again.errors()).as("seed %d:%n%s", seed, text).isEmpty();
      assertThat(again.root().sameValue(result.root())).as("seed %d", seed).isTrue();
    }
  }

  /// Whether line and column of every fault are those of its offset.
  private static boolean places(byte[] bytes, TomlResult result) {
    return result.errors().stream()
        .allMatch(
            e -> {
              Position start = e.span().start();
              int line = 1;
              int lineStart = 0;
              for (int i = 0; i < start.offset(); i++) {
                if (bytes[i] == '\n') {
                  line++;
                  lineStart = i + 1;
                }
              }
              return start.line() == line
                  && start.column() >= 1
                  && start.column() <= start.offset() - lineStart + 1;
            });
  }

  private static byte[] noise(Random random) {
    byte[] bytes = new byte[random.nextInt(80)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] mutated(Random random) {
    StringBuilder text = new StringBuilder();
    if (random.nextBoolean()) {
      text.append(TomlWriter.write(table(random, 1)));
    }
    for (int i = random.nextInt(25); i > 0; i--) {
      int at = random.nextInt(text.length() + 1);
      text.insert(at, PIECES[random.nextInt(PIECES.length)]);
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    for (int i = random.nextInt(4); i > 0 && bytes.length > 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    return bytes;
  }

  private static TomlTable table(Random random, int depth) {
    Map<String, TomlNode> values = new LinkedHashMap<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      values.put(text(random), node(random, depth + 1));
    }
    return TomlTable.of(values);
  }

  private static TomlNode node(Random random, int depth) {
    return switch (random.nextInt(depth > 4 ? 8 : 11)) {
      case 0 -> new TomlInteger(random.nextLong() >> random.nextInt(64), Span.NONE);
      case 1 -> new TomlFloat(number(random), Span.NONE);
      case 2 -> new TomlBoolean(random.nextBoolean(), Span.NONE);
      case 3 -> new TomlDateTime.Date(date(random), Span.NONE);
      case 4 -> new TomlDateTime.Time(time(random), Span.NONE);
      case 5 -> new TomlDateTime.Local(LocalDateTime.of(date(random), time(random)), Span.NONE);
      case 6 ->
          new TomlDateTime.Offset(
              OffsetDateTime.of(
                  date(random),
                  time(random),
                  ZoneOffset.ofTotalSeconds(60 * random.nextInt(-18 * 60, 18 * 60 + 1))),
              Span.NONE);
      case 7 -> new TomlString(text(random), Span.NONE);
      case 8 -> table(random, depth);
      default -> {
        List<TomlNode> elements = new ArrayList<>();
        boolean tables = random.nextBoolean();
        for (int i = random.nextInt(4); i > 0; i--) {
          elements.add(tables ? table(random, depth + 1) : node(random, depth + 1));
        }
        yield TomlArray.of(elements);
      }
    };
  }

  private static double number(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextInt(1000) / 8.0;
      case 1 -> random.nextGaussian();
      case 2 -> Double.longBitsToDouble(random.nextLong());
      default ->
          new double[] {0.0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, 1e22, 5e-324}
              [random.nextInt(6)];
    };
  }

  private static LocalDate date(Random random) {
    return LocalDate.of(random.nextInt(10_000), random.nextInt(1, 13), random.nextInt(1, 29));
  }

  private static LocalTime time(Random random) {
    int nano = random.nextBoolean() ? 0 : random.nextInt(1_000_000_000);
    return LocalTime.of(random.nextInt(24), random.nextInt(60), random.nextInt(60), nano);
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      text.appendCodePoint(POINTS[random.nextInt(POINTS.length)]);
    }
    return text.toString();
  }
}

package dev.quarterdeck.settings.sample;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.settings.Checkup;
import dev.quarterdeck.settings.Fault;
import dev.quarterdeck.settings.Loader;
import dev.quarterdeck.settings.Settings;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Input that is wrong in every way that the engine promises to bear: one clear report, no
/// exception, no hang.
@Timeout(120)
class BadInputTest {
  @TempDir Path directory;

  private Checkup<Sample> toml(byte[] bytes) throws IOException {
    return check(Settings.of(SampleBinder.INSTANCE).toml(write("config.toml", bytes)));
  }

  private Checkup<Sample> dotenv(byte[] bytes) throws IOException {
    return check(Settings.of(SampleBinder.INSTANCE).dotenv(write(".env", bytes)));
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(directory.resolve(name), bytes);
  }

  private static Checkup<Sample> check(Loader<Sample> loader) {
    Checkup<Sample> checkup = loader.check();
    assertThat(checkup.report()).doesNotContain("\tat ", "Exception", "\0", "\r", "\u001b");
    return checkup;
  }

  private static List<String> codes(Checkup<Sample> checkup) {
    return checkup.faults().stream().map(Fault::code).toList();
  }

  @Test
  void bytesThatAreNotUtf8AreSaidSo() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("UTF-16 without mark", "page_size = 12\n".getBytes(UTF_16LE));
    files.put("UTF-16 with mark", "page_size = 12\n".getBytes(UTF_16));
    files.put("Latin 1", "types.note = \"caf\u00e9\"\n".getBytes(ISO_8859_1));
    files.put("overlong", bytes("types.note = \"", 0xc0, 0xaf, "\"\n"));
    files.put("half a pair", bytes("types.note = \"", 0xed, 0xa0, 0x80, "\"\n"));
    files.put("beyond Unicode", bytes("types.note = \"", 0xf4, 0x90, 0x80, 0x80, "\"\n"));
    files.put("stray continuation", bytes("types.note = \"", 0x80, "\"\n"));
    files.put("cut off", bytes("# ", 0xe2, 0x82));

    files.forEach(
        (what, bytes) -> {
          try {
            assertThat(codes(toml(bytes))).as(what).containsExactly("toml.encoding");
            String variables =
                new String(bytes, ISO_8859_1).replace("types.note = ", "TYPES_NOTE=");
            assertThat(codes(dotenv(variables.getBytes(ISO_8859_1))))
                .as(what + " in .env")
                .containsExactly("dotenv.encoding");
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
    assertThat(toml("page_size = 12".getBytes(Charset.forName("UTF-32"))).faults()).hasSize(1);
    assertThat(toml("\ufeffpage_size = 12\n".getBytes(UTF_8)).ok()).isTrue();
  }

  private static byte[] bytes(Object... parts) {
    StringBuilder text = new StringBuilder();
    for (Object part : parts) {
      text.append(part instanceof Integer octet ? (char) octet.intValue() : part);
    }
    return text.toString().getBytes(ISO_8859_1);
  }

  @Test
  void controlCharactersAreNamedAndNeverPrinted() throws IOException {
    assertThat(codes(toml("types.note = \"a\0b\"\n".getBytes(UTF_8))))
        .containsExactly("toml.control_character");
    assertThat(codes(toml("page_size = 12\0\n".getBytes(UTF_8)))).hasSize(1);
    assertThat(codes(toml("page_size = 3\rmax_page_size = 4\r".getBytes(UTF_8)))).hasSize(1);
    assertThat(codes(dotenv("TYPES_NOTE=\"a\0b\"\n".getBytes(UTF_8)))).hasSize(1);
    assertThat(toml("types.note = \"\u001b[2J\"\n".getBytes(UTF_8)).faults()).hasSize(1);
  }

  @Test
  void windowsLineEndsAreLineEnds() throws IOException {
    assertThat(toml("page_size = 12\r\nmax_page_size = 13\r\n".getBytes(UTF_8)).ok()).isTrue();
    assertThat(dotenv("PAGE_SIZE=12\r\nMAX_PAGE_SIZE=13\r\n".getBytes(UTF_8)).ok()).isTrue();
    assertThat(toml("page_size = 12\r\n\r\nmax_page_size = oops\r\n".getBytes(UTF_8)).report())
        .contains("config.toml:3:17")
        .contains("  3 | max_page_size = oops\n");
  }

  @Test
  void tenMegabytesOfAnythingEndInAReport() throws IOException {
    int size = 10 << 20;
    assertThat(codes(toml(new byte[size]))).hasSize(1);
    assertThat(codes(toml("x".repeat(size).getBytes(UTF_8)))).containsExactly("toml.syntax");
    assertThat(toml(("#" + "x".repeat(size)).getBytes(UTF_8)).ok()).isTrue();
    assertThat(codes(toml(("page_size = \"" + "x".repeat(size)).getBytes(UTF_8)))).hasSize(1);
    assertThat(codes(toml("x\n".repeat(size / 2).getBytes(UTF_8)))).hasSize(1001);
    assertThat(toml(("types.text = \"" + "é".repeat(size / 2) + "\"").getBytes(UTF_8)).report())
        .contains("(expected: at most 20 characters, not 5242880)")
        .hasSizeLessThan(2000);
    assertThat(codes(dotenv("x".repeat(size).getBytes(UTF_8)))).hasSize(1);
    assertThat(codes(dotenv(("A=\"" + "x".repeat(size)).getBytes(UTF_8)))).hasSize(1);
    assertThat(codes(dotenv("x\n".repeat(size / 2).getBytes(UTF_8)))).hasSize(1001);
  }

  @Test
  void tenMegabytesOfUnknownNamesEndInAReportOfTheFirstThousand() throws IOException {
    StringBuilder toml = new StringBuilder("[kafka]\n");
    StringBuilder dotenv = new StringBuilder();
    for (int i = 0; toml.length() < 10 << 20; i++) {
      toml.append("key_").append(i).append(" = 1\n");
      dotenv.append("KEY_").append(i).append("=1\n");
    }

    Checkup<Sample> checkup = toml(toml.toString().getBytes(UTF_8));

    assertThat(checkup.faults()).hasSize(1001);
    assertThat(checkup.faults().getLast().message())
        .isEqualTo("more than 1000 names that no setting has");
    assertThat(dotenv(dotenv.toString().getBytes(UTF_8)).ok()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "[, a., 9999, a], toml.depth",
    "'', a., 9999, a = 1, toml.depth",
    "a = , [, 10000, '', toml.depth",
    "a = , {a = , 10000, 1, toml.depth"
  })
  void tenThousandNestedTablesAreOneFaultOfDepth(
      String before, String repeated, int times, String after, String code) throws IOException {
    String text = before + " " + repeated.repeat(times) + after + "\n";

    assertThat(codes(toml(text.getBytes(UTF_8)))).first().isEqualTo(code);
  }

  @Test
  void tenThousandTablesSideBySideAreCutAtAThousandFaults() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 10_000; i++) {
      text.append("[t").append(i).append("]\nx = 1\n");
    }

    assertThat(toml(text.toString().getBytes(UTF_8)).faults()).hasSize(1001);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"page.size\" = 1 | \"page.size\": there is no such setting [",
        "\"kafka.max_poll_records\" = 1 | did you mean kafka.max_poll_records?",
        "'\"' = 1 | \"\\\"\": there is no such setting",
        "\"\" = 1 | \"\": there is no such setting",
        "\"a\\nb\" = 1 | \"a\\nb\": there is no such setting",
        "\"page_size \" = 1 | did you mean page_size?",
        "\"p\u0430ge_size\" = 1 | there is no such setting (its character 2 is U+0430, not ASCII)",
        "\"\uff50age_size\" = 1 | (its character 1 is U+FF50, not ASCII)",
        "\"page_size\u200b\" = 1 | \"page_size\\u200b\": there is no such setting (its character"
            + " 10",
        "\"\u202epage_size\" = 1 | \"\\u202epage_size\": there is no such setting",
      })
  void nameThatOnlyLooksLikeASettingIsToldApart(String line, String expected) throws IOException {
    Checkup<Sample> checkup = toml((line + "\n").getBytes(UTF_8));

    assertThat(checkup.faults()).hasSize(1);
    assertThat(checkup.report()).contains(expected).doesNotContain("\u202e", "\u200b");
  }

  @ParameterizedTest
  @CsvSource({"'1\n2', 1\\n2", "'1\0', 1\\u0000", "'12\n', 12\\n", "'\u202e12', \\u202e12"})
  void variableWithOddCharactersIsReportedWithoutThem(String value, String shown) {
    Checkup<Sample> checkup =
        check(Settings.of(SampleBinder.INSTANCE).environment(Map.of("PAGE_SIZE", value)));

    assertThat(checkup.faults()).hasSize(1);
    assertThat(checkup.report())
        .contains("environment variable PAGE_SIZE: page_size: " + shown + " (expected: a whole");
    assertThat(
            check(Settings.of(SampleBinder.INSTANCE).environment(Map.of("TYPES_TEXT", "a\0b")))
                .report())
        .contains("types.text: a\\u0000b (expected: a text, without control characters");
  }

  @Test
  void argumentsThatAreNoneAreReportedOneByOne() {
    List<String> arguments = List.of("page_size", "=3", "", "nonsense", "profile=producton", "=");

    Checkup<Sample> checkup = check(Settings.of(SampleBinder.INSTANCE).arguments(arguments));

    assertThat(checkup.faults()).hasSize(arguments.size());
    assertThat(checkup.report())
        .contains("--set page_size: page_size: no value (expected: KEY=VALUE)")
        .contains("--set …: --set: no key (expected: KEY=VALUE)")
        .contains("profile: producton (expected: one of development, test, production)")
        .contains("did you mean production?");
  }

  @Test
  void overrideThatDoesNotExistAndPathsThatAreNoneAreReported() {
    for (String path : List.of("no such override.toml", "x".repeat(5000), "a/".repeat(3000))) {
      Checkup<Sample> checkup =
          check(Settings.of(SampleBinder.INSTANCE).override(directory.resolve(path)));
      assertThat(codes(checkup)).containsExactly("settings.file");
    }
    assertThat(
            check(Settings.of(SampleBinder.INSTANCE).override(directory.resolve("none"))).report())
        .contains("none: there is no such file");
  }

  @Test
  void fileThatCannotBeReadToItsEndIsReported() {
    // A plain file by its attributes, and an input/output error for everybody.
    Checkup<Sample> checkup =
        check(Settings.of(SampleBinder.INSTANCE).toml(Path.of("/proc/self/mem")));

    assertThat(checkup.report()).contains("/proc/self/mem: the file cannot be read");
  }

  @Test
  void fileThatChangesWhileItIsReadIsReadWholeOrReported() throws Exception {
    Path file = write("config.toml", "page_size = 1\nmax_page_size = 101\n".getBytes(UTF_8));
    AtomicBoolean done = new AtomicBoolean();
    Thread writer = Thread.ofPlatform().start(() -> rewrite(file, done));
    try {
      for (int i = 0; i < 300; i++) {
        Checkup<Sample> checkup = check(Settings.of(SampleBinder.INSTANCE).toml(file));
        checkup
            .loaded()
            .ifPresentOrElse(
                loaded -> {
                  Sample.Pages pages = loaded.value().pages();
                  assertThat(pages.maxPageSize()).isEqualTo(100 + pages.pageSize());
                },
                () -> assertThat(codes(checkup)).containsExactly("settings.file"));
      }
    } finally {
      done.set(true);
      writer.join();
    }
  }

  private void rewrite(Path file, AtomicBoolean done) {
    try {
      for (int i = 0; !done.get(); i = (i + 1) % 100) {
        Path next = directory.resolve("next.toml");
        Files.writeString(next, "page_size = %d\nmax_page_size = %d\n".formatted(i + 1, 101 + i));
        if (i % 10 == 0) {
          Files.delete(file);
        }
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}

package dev.quarterdeck.settings.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.settings.Checkup;
import dev.quarterdeck.settings.Settings;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BadFilesTest {
  @TempDir Path directory;

  private static Checkup<Sample> check(Path file) {
    return Settings.of(SampleBinder.INSTANCE).toml(file).check();
  }

  @Test
  void fileThatCannotBeUsedIsOneFault() throws Exception {
    Path missing = directory.resolve("no such file.toml");
    Path pipe = directory.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Path huge = directory.resolve("huge.toml");
    try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
      file.setLength((16 << 20) + 1);
    }

    assertThat(check(missing).report())
        .contains("/no such file.toml: there is no such file [settings.file]");
    assertThat(check(directory).report()).contains("this is a directory (expected: a file)");
    assertThat(check(pipe).report()).contains("this is a pipe or device (expected: a plain file)");
    assertThat(check(huge).report())
        .contains("the file has 16777217 bytes (expected: at most 16 MiB)");
    for (Path file : new Path[] {missing, directory, pipe, huge}) {
      assertThat(check(file).faults()).hasSize(1);
    }
    assertThat(Settings.of(SampleBinder.INSTANCE).tomlIfPresent(missing).check().ok()).isTrue();
  }

  @Test
  void syntaxErrorIsQuotedAndOtherFaultsOfTheFileAreStillFound() {
    String report =
        new Fixture(directory)
            .toml("page_size = 1x\nsmall = 3\n[types]\nsmall = 99\n")
            .check()
            .report();

    assertThat(report)
        .contains("config.toml:1:13: ")
        .contains("  1 | page_size = 1x")
        .contains("config.toml:2:1: small: there is no such setting")
        .contains("config.toml:4:9: types.small: 99 (expected: -5 to 5)");
  }

  @Test
  void whateverTheBytesALoadEndsInAReport() throws Exception {
    Random random = new Random(20261121);
    String valid =
        "PAGE_SIZE = 5\n[kafka]\nmax_poll_records = 3\n[types]\nnames = [\"a\"]\ntext = \"x\"\n";
    Path toml = directory.resolve("random.toml");
    Path dotenv = directory.resolve("random.env");
    for (int round = 0; round < 500; round++) {
      byte[] bytes = valid.getBytes(java.nio.charset.StandardCharsets.UTF_8);
      for (int change = random.nextInt(8); change >= 0; change--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      Files.write(toml, bytes);
      Files.write(dotenv, bytes);
      Map<String, String> environment = new HashMap<>();
      environment.put(
          "TYPES_PAUSE", new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1));

      Checkup<Sample> checkup =
          Settings.of(SampleBinder.INSTANCE)
              .toml(toml)
              .dotenv(dotenv)
              .environment(environment)
              .check();

      assertThat(checkup.report()).doesNotContain("Exception");
      assertThat(checkup.faults()).isNotEmpty();
    }
  }

  @Test
  void thousandsOfStrayVariablesAreNeitherReadNorWarnedOf() {
    Map<String, String> stray = new HashMap<>();
    for (int i = 0; i < 6000; i++) {
      stray.put("STRAY_VARIABLE_" + i, "x");
    }

    Checkup<Sample> checkup = Settings.of(SampleBinder.INSTANCE).environment(stray).check();

    assertThat(checkup.ok()).isTrue();
    assertThat(checkup.warnings()).isEmpty();
    assertThat(checkup.loaded().orElseThrow().nearMisses()).isEmpty();
  }
}

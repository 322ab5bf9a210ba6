package dev.quarterdeck.benchmarks.settings;

import dev.quarterdeck.settings.Settings;
import dev.quarterdeck.settings.SettingsException;
import dev.quarterdeck.settings.dotenv.DotEnv;
import dev.quarterdeck.settings.toml.Toml;
import dev.quarterdeck.settings.toml.TomlResult;
import dev.quarterdeck.settings.toml.TomlVersion;
import dev.quarterdeck.settings.toml.TomlWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/// What Jazzer calls with bytes that it makes up: no input may make the readers throw, what was
/// read must be the same after it was written and read again, and loading may throw its one
/// documented exception only. The first byte chooses what is tried.
public final class FuzzSettings {
  private static final Path DIRECTORY = directory();

  private FuzzSettings() {}

  private static Path directory() {
    try {
      return Files.createTempDirectory("quarterdeck fuzz");
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /// One input.
  public static void fuzzerTestOneInput(byte[] data) throws IOException {
    if (data.length == 0) {
      return;
    }
    byte[] input = Arrays.copyOfRange(data, 1, data.length);
    switch (data[0] & 3) {
      case 0 -> toml(input, TomlVersion.V1_1);
      case 1 -> toml(input, TomlVersion.V1_0);
      case 2 -> require(DotEnv.parse(input) != null, "no result");
      default -> load(input);
    }
  }

  private static void toml(byte[] input, TomlVersion version) {
    TomlResult result = Toml.parse(input, version);
    if (result.ok()) {
      String written = TomlWriter.write(result.root());
      TomlResult again = Toml.parse(written.getBytes(StandardCharsets.UTF_8));
      require(
          again.ok() && TomlWriter.write(again.root()).equals(written),
          "not the same after writing and reading");
    }
  }

  private static void load(byte[] input) throws IOException {
    Path file = DIRECTORY.resolve("config.toml");
    Files.write(file, input);
    try {
      Object loaded =
          Settings.of(HundredBinder.INSTANCE).toml(file).environment(Map.of()).load().value();
      require(loaded instanceof Hundred, "no record");
    } catch (SettingsException documented) {
      require(!String.valueOf(documented.getMessage()).isBlank(), "a report without words");
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }
}

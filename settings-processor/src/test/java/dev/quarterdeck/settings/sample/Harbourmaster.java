package dev.quarterdeck.settings.sample;

import dev.quarterdeck.settings.Checkup;
import dev.quarterdeck.settings.Fault;
import dev.quarterdeck.settings.Loader;
import dev.quarterdeck.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Loads [Fleet] from files in a directory of the test's own.
final class Harbourmaster {
  private final Path directory;
  private final Map<String, String> environment = new HashMap<>();
  private final Loader<Fleet> loader = Settings.of(FleetBinder.INSTANCE);
  private int files;

  Harbourmaster(Path directory) {
    this.directory = directory;
  }

  private Path file(String name, String content) {
    try {
      Path home = Files.createDirectories(directory.resolve(Integer.toString(files++)));
      return Files.writeString(home.resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Harbourmaster toml(String content) {
    loader.toml(file("config.toml", content));
    return this;
  }

  Harbourmaster override(String content) {
    loader.override(file("override.toml", content));
    return this;
  }

  Harbourmaster dotenv(String content) {
    loader.dotenv(file(".env", content));
    return this;
  }

  /// Files of bytes, and files that are not there.
  Harbourmaster toml(byte[] content) {
    Path file = file("config.toml", "");
    try {
      Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    loader.toml(file);
    return this;
  }

  Harbourmaster dotenv(byte[] content) {
    Path file = file(".env", "");
    try {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
      Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    loader.dotenv(file);
    return this;
  }

  Harbourmaster absent(String name) {
    loader.override(file("x", "").resolveSibling(name));
    return this;
  }

  Harbourmaster env(String name, String value) {
    environment.put(name, value);
    return this;
  }

  Harbourmaster set(String... assignments) {
    loader.arguments(List.of(assignments));
    return this;
  }

  Checkup<Fleet> check() {
    return loader.environment(environment).check();
  }

  Fleet load() {
    return loader.environment(environment).load().value();
  }

  /// The report without the directory of the files.
  String report() {
    return plain(check().report());
  }

  /// Each fault as `place code key`.
  List<String> faults() {
    return check().faults().stream().map(this::line).toList();
  }

  List<String> warnings() {
    return check().warnings().stream().map(this::line).toList();
  }

  private String line(Fault fault) {
    return plain(fault.place() + " " + fault.code() + " " + fault.key());
  }

  String plain(String text) {
    return text.replaceAll(directory + "/[0-9]+/", "");
  }
}

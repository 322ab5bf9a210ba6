package dev.quarterdeck.settings.sample;

import dev.quarterdeck.settings.Checkup;
import dev.quarterdeck.settings.Fault;
import dev.quarterdeck.settings.Loader;
import dev.quarterdeck.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The layers of a load in a directory of the test's own.
final class Fixture {
  static final String KEY = "0123456789abcdef0123456789abcdef";

  private final Path directory;
  private final Map<String, String> environment = new HashMap<>();
  private final Map<String, String> contents = new HashMap<>();
  private final Loader<Sample> loader = Settings.of(SampleBinder.INSTANCE);

  Fixture(Path directory) {
    this.directory = directory;
  }

  Path file(String name, String content) {
    try {
      return Files.writeString(directory.resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A file that is written when the load begins: many fixtures may share the directory.
  private Path later(String name, String content) {
    contents.put(name, content);
    return directory.resolve(name);
  }

  Fixture toml(String content) {
    loader.toml(later("config.toml", content));
    return this;
  }

  Fixture override(String content) {
    loader.override(later("override.toml", content));
    return this;
  }

  Fixture dotenv(String content) {
    loader.dotenv(later(".env", content));
    return this;
  }

  Fixture env(String name, String value) {
    environment.put(name, value);
    return this;
  }

  Fixture set(String... assignments) {
    loader.arguments(List.of(assignments));
    return this;
  }

  Checkup<Sample> check() {
    contents.forEach(this::file);
    return loader.environment(environment).check();
  }

  /// The record; the report is the message when there is none.
  Sample load() {
    contents.forEach(this::file);
    return loader.environment(environment).load().value();
  }

  /// Each fault as `place code key`, the place without the directory.
  List<String> faults() {
    return check().faults().stream().map(this::line).toList();
  }

  List<String> warnings() {
    return check().warnings().stream().map(this::line).toList();
  }

  private String line(Fault fault) {
    String place = fault.place().toString().replace(directory + "/", "");
    return place + " " + fault.code() + " " + fault.key();
  }
}

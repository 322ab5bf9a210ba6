package dev.quarterdeck.benchmarks.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The same settings in every format: a base file that sets all keys, an override file, a `.env`
/// file and an environment that each set another tenth of them anew.
///
/// @param keys 10, 100 or 1,000
/// @param environment variables, beside the tenth of the keys also some strangers
public record Workload(int keys, Path directory, Map<String, String> environment) {
  private static final int STRANGERS = 30;

  private static final Map<String, String> SECTION = new LinkedHashMap<>();

  static {
    SECTION.put("port", "8081");
    SECTION.put("workers", "16");
    SECTION.put("backlog", "512");
    SECTION.put("retries", "5");
    SECTION.put("limit", "5000000000");
    SECTION.put("enabled", "false");
    SECTION.put("verbose", "true");
    SECTION.put("host", "db.example.org");
    SECTION.put("name", "the name of it");
    SECTION.put("mode", "safe");
  }

  /// Writes the files.
  static Workload write(Path directory, int keys) throws IOException {
    Map<String, String> all = new LinkedHashMap<>();
    for (String section : sections(keys)) {
      SECTION.forEach((name, value) -> all.put(section + "." + name, value));
    }
    Path to = Files.createDirectories(directory.resolve("keys-" + keys));
    write(to, "base", all);
    write(to, "override", tenth(all, 1));
    StringBuilder dotenv = new StringBuilder();
    tenth(all, 2)
        .forEach(
            (key, value) -> dotenv.append(variable(key)).append("='").append(value).append("'\n"));
    Files.writeString(to.resolve(".env"), dotenv);
    write(to, "dotenv", tenth(all, 2));
    return of(directory, keys);
  }

  /// The workload that [#write] left in a directory.
  static Workload of(Path directory, int keys) {
    Map<String, String> environment = new TreeMap<>();
    for (int i = 0; i < STRANGERS; i++) {
      environment.put("STRANGER_" + i, "value " + i);
    }
    int index = 0;
    for (String section : sections(keys)) {
      for (Map.Entry<String, String> each : SECTION.entrySet()) {
        if (index++ % 10 == 3) {
          environment.put(variable(section + "." + each.getKey()), each.getValue());
        }
      }
    }
    return new Workload(keys, directory.resolve("keys-" + keys), environment);
  }

  private static Iterable<String> sections(int keys) {
    List<String> sections = new ArrayList<>();
    for (int i = 0; i < keys / 10; i++) {
      sections.add(keys <= 100 ? "s" + i : "g" + i / 10 + ".s" + i % 10);
    }
    return sections;
  }

  private static Map<String, String> tenth(Map<String, String> all, int which) {
    Map<String, String> some = new LinkedHashMap<>();
    int index = 0;
    for (Map.Entry<String, String> each : all.entrySet()) {
      if (index++ % 10 == which) {
        some.put(each.getKey(), each.getValue());
      }
    }
    return some;
  }

  private static void write(Path directory, String name, Map<String, String> values)
      throws IOException {
    StringBuilder properties = new StringBuilder();
    StringBuilder toml = new StringBuilder();
    String section = "";
    for (Map.Entry<String, String> each : values.entrySet()) {
      properties.append(each.getKey()).append('=').append(each.getValue()).append('\n');
      int dot = each.getKey().lastIndexOf('.');
      if (!section.equals(each.getKey().substring(0, dot))) {
        section = each.getKey().substring(0, dot);
        toml.append("\n[").append(section).append("]\n");
      }
      toml.append(each.getKey().substring(dot + 1))
          .append(" = ")
          .append(literal(each.getValue()))
          .append('\n');
    }
    Files.writeString(directory.resolve(name + ".properties"), properties);
    Files.writeString(directory.resolve(name + ".toml"), toml);
  }

  private static String literal(String value) {
    return value.matches("[0-9]+|true|false") ? value : "'" + value + "'";
  }

  /// The name of a key as a variable.
  static String variable(String key) {
    return key.replace('.', '_').toUpperCase(Locale.ROOT);
  }

  /// The name of a variable as a key; empty for a stranger.
  static String key(String variable) {
    return variable.startsWith("STRANGER")
        ? ""
        : variable.toLowerCase(Locale.ROOT).replace('_', '.');
  }

  Path file(String name) {
    return directory.resolve(name);
  }

  byte[] bytes(String name) {
    try {
      return Files.readAllBytes(file(name));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}

package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.settings.toml.Toml;
import dev.quarterdeck.settings.toml.TomlArray;
import dev.quarterdeck.settings.toml.TomlInteger;
import dev.quarterdeck.settings.toml.TomlNode;
import dev.quarterdeck.settings.toml.TomlResult;
import dev.quarterdeck.settings.toml.TomlString;
import dev.quarterdeck.settings.toml.TomlTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// Reads the file of one language. The files are part of the product, so a fault in one is a fault
/// of ours: it stops the start with the file and the place.
final class LanguageFile {
  private static final Set<String> KEYS =
      Set.of(
          "name",
          "aliases",
          "file",
          "extension",
          "executables",
          "version_command",
          "version",
          "compile",
          "run",
          "environment",
          "binds",
          "memory_floor_mib",
          "process_floor",
          "warm_up",
          "install",
          "example");

  private final String file;
  private final TomlTable table;

  private LanguageFile(String file, TomlTable table) {
    this.file = file;
    this.table = table;
  }

  /// Reads a definition.
  ///
  /// @param file its name, for messages
  /// @throws IllegalStateException naming the file, the place and what was expected
  static LanguageDefinition read(String file, byte[] bytes) {
    TomlResult result = Toml.parse(bytes);
    if (!result.ok()) {
      throw new IllegalStateException(file + ": " + result.errors().getFirst());
    }
    return new LanguageFile(file, result.root()).definition();
  }

  private LanguageDefinition definition() {
    for (String key : table.entries().keySet()) {
      if (!KEYS.contains(key)) {
        throw fault(key, "unknown key (expected: one of " + KEYS.stream().sorted().toList() + ")");
      }
    }
    return new LanguageDefinition(
        string("name"),
        strings("aliases"),
        string("file"),
        string("extension"),
        strings("executables"),
        strings("version_command"),
        pattern("version"),
        strings("compile"),
        strings("run"),
        environment(),
        strings("binds"),
        number("memory_floor_mib") << 20,
        (int) number("process_floor"),
        warmUp(),
        string("install"),
        string("example"));
  }

  private String string(String key) {
    if (table.get(key) instanceof TomlString string) {
      return string.value();
    }
    throw fault(key, "missing or no string (expected: a string)");
  }

  private long number(String key) {
    if (table.get(key) instanceof TomlInteger integer && integer.value() > 0) {
      return integer.value();
    }
    throw fault(key, "missing or no number (expected: a positive integer)");
  }

  private List<String> strings(String key) {
    @Nullable TomlNode node = table.get(key);
    if (node == null) {
      return List.of();
    }
    if (!(node instanceof TomlArray array)) {
      throw fault(key, node.kind() + " (expected: an array of strings)");
    }
    List<String> values = new ArrayList<>();
    for (TomlNode element : array.elements()) {
      if (!(element instanceof TomlString string)) {
        throw fault(key, element.kind() + " in it (expected: an array of strings)");
      }
      values.add(string.value());
    }
    return List.copyOf(values);
  }

  private WarmUp warmUp() {
    if (table.get("warm_up") == null) {
      return WarmUp.SANDBOX;
    }
    return WarmUp.named(string("warm_up"))
        .orElseThrow(
            () ->
                fault("warm_up", string("warm_up") + " (expected: one of " + WarmUp.words() + ")"));
  }

  private Map<String, String> environment() {
    @Nullable TomlNode node = table.get("environment");
    if (node == null) {
      return Map.of();
    }
    if (!(node instanceof TomlTable variables)) {
      throw fault("environment", node.kind() + " (expected: a table of strings)");
    }
    Map<String, String> values = new LinkedHashMap<>();
    variables
        .entries()
        .forEach(
            (name, entry) -> {
              if (!(entry.value() instanceof TomlString string)) {
                throw fault("environment." + name, "no string (expected: a string)");
              }
              values.put(name, string.value());
            });
    return Map.copyOf(values);
  }

  private Pattern pattern(String key) {
    try {
      return Pattern.compile(string(key));
    } catch (PatternSyntaxException wrong) {
      throw new IllegalStateException(
          file + ": " + key + ": " + wrong.getMessage() + " (expected: a regular expression)",
          wrong);
    }
  }

  private IllegalStateException fault(String key, String what) {
    @Nullable TomlNode node = table.get(key);
    String place = node == null ? "" : " at " + node.span();
    return new IllegalStateException(file + place + ": " + key + ": " + what);
  }
}

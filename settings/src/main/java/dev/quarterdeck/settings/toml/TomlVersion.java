package dev.quarterdeck.settings.toml;

/// A version of the TOML specification.
public enum TomlVersion {
  /// TOML 1.0.0, of 2021.
  V1_0,
  /// TOML 1.1.0, of 2025: line breaks and trailing commas in inline tables, `\e` and `\xHH`,
  /// seconds may be left out of times.
  V1_1
}

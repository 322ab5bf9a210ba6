package dev.quarterdeck.settings.toml;

/// Reads TOML documents.
public final class Toml {
  /// Deepest nesting of arrays, inline tables and keys.
  public static final int MAX_DEPTH = 256;

  private Toml() {}

  /// Reads a TOML 1.1 document; see [#parse(byte[], TomlVersion)].
  public static TomlResult parse(byte[] bytes) {
    return parse(bytes, TomlVersion.V1_1);
  }

  /// Reads a TOML document from its bytes, strict UTF-8. Throws nothing whatever the input: faults
  /// are in the result. Takes time linear in the number of bytes; keeps no reference to them.
  public static TomlResult parse(byte[] bytes, TomlVersion version) {
    return new DocumentParser(new Source(bytes, version)).read();
  }
}

package dev.quarterdeck.settings.units;

/// A number of bytes: `10 MB` (10,000,000), `10 MiB` (10,485,760), `4096`.
///
/// @param bytes the number, at least 0
/// @param text the notation it was given in
public record ByteSize(long bytes, String text) {
  /// Reads the notation.
  ///
  /// @throws IllegalArgumentException with a message that starts with "expected" and does not
  ///   repeat the text
  public static ByteSize parse(String text) {
    throw new IllegalArgumentException("expected");
  }
}

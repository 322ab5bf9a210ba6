package dev.quarterdeck.settings.units;

/// An amount of memory, as Kubernetes writes it: `128Mi`, `1Gi`, `500M`, `1e6`, `134217728`.
///
/// @param bytes the amount, at least 1
/// @param text the notation it was given in
public record MemoryQuantity(long bytes, String text) {
  /// Reads the notation.
  ///
  /// @throws IllegalArgumentException with a message that starts with "expected" and does not
  ///   repeat the text
  public static MemoryQuantity parse(String text) {
    throw new IllegalArgumentException("expected");
  }
}

package dev.quarterdeck.settings.units;

/// An amount of processor time per time, as Kubernetes writes it: `500m`, `1`, `1.5`.
///
/// @param millis thousandths of one processor, at least 1
/// @param text the notation it was given in
public record CpuQuantity(long millis, String text) {
  /// Reads the notation.
  ///
  /// @throws IllegalArgumentException with a message that starts with "expected" and does not
  ///   repeat the text
  public static CpuQuantity parse(String text) {
    throw new IllegalArgumentException("expected");
  }
}

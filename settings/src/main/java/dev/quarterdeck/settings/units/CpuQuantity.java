package dev.quarterdeck.settings.units;

/// An amount of processor time per time, as Kubernetes writes it: `500m`, `1`, `1.5`.
///
/// @param millis thousandths of one processor, at least 1
/// @param text the notation it was given in
public record CpuQuantity(long millis, String text) {
  /// Reads the notation: a number of processors, also with decimals or an exponent, or thousandths
  /// of one with `m`. As in Kubernetes, nothing is finer than `1m`.
  ///
  /// @throws IllegalArgumentException with a message that starts with "expected" and does not
  ///   repeat the text
  public static CpuQuantity parse(String text) {
    Quantity quantity = Quantity.split(text, true);
    boolean milli = quantity != null && quantity.unit().equals("m");
    if (quantity == null || !(milli || quantity.unit().isEmpty())) {
      throw new IllegalArgumentException("expected a CPU quantity such as 500m, 1 or 1.5");
    }
    Long millis = quantity.times(milli ? 1 : 1000);
    if (millis == null || millis < 1) {
      throw new IllegalArgumentException(
          "expected a CPU quantity of at least 1m, in whole thousandths, such as 500m, 1 or 1.5");
    }
    return new CpuQuantity(millis, text);
  }

  @Override
  public String toString() {
    return text;
  }
}

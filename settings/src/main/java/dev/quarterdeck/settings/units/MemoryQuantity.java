package dev.quarterdeck.settings.units;

/// An amount of memory, as Kubernetes writes it: `128Mi`, `1Gi`, `500M`, `1e6`, `134217728`.
///
/// @param bytes the amount, at least 1
/// @param text the notation it was given in
public record MemoryQuantity(long bytes, String text) {
  private static final String UNITS = "kMGTPE";

  /// Reads the notation: a number, also with decimals or an exponent, of bytes, or with `Ki Mi Gi
  /// Ti Pi Ei` (powers of 1,024), `k M G T P E` (powers of 1,000) or `m` (thousandths). As in
  /// Kubernetes, parts of a byte are rounded up.
  ///
  /// @throws IllegalArgumentException with a message that starts with "expected" and does not
  ///   repeat the text
  public static MemoryQuantity parse(String text) {
    Quantity quantity = Quantity.split(text, true);
    if (quantity == null) {
      throw new IllegalArgumentException(
          "expected a memory quantity such as 512Mi, 1.5Gi, 500M or 134217728");
    }
    boolean milli = quantity.unit().equals("m");
    Long bytes =
        milli
            ? new Quantity(quantity.mantissa(), quantity.scale() + 3, "").timesRoundedUp(1)
            : quantity.timesRoundedUp(factor(quantity.unit()));
    if (bytes == null || bytes < 1) {
      throw new IllegalArgumentException(
          "expected a memory quantity from 1 byte to under 8Ei, such as 512Mi");
    }
    return new MemoryQuantity(bytes, text);
  }

  private static long factor(String unit) {
    if (unit.isEmpty()) {
      return 1;
    }
    boolean binary = unit.length() == 2 && unit.charAt(1) == 'i';
    int power = binary && unit.charAt(0) == 'K' ? 1 : UNITS.indexOf(unit.charAt(0)) + 1;
    boolean known = power > 0 && !unit.equals("ki") && (binary || unit.length() == 1);
    if (!known) {
      throw new IllegalArgumentException(
          "expected a memory quantity with a unit of Kubernetes: Ki Mi Gi Ti Pi Ei (powers of 1024)"
              + " or k M G T P E (powers of 1000), upper and lower case as here and without B, such"
              + " as 512Mi");
    }
    return Quantity.power(binary ? 1024 : 1000, power);
  }

  @Override
  public String toString() {
    return text;
  }
}

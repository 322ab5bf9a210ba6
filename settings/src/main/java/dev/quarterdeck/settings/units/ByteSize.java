package dev.quarterdeck.settings.units;

import java.util.Locale;

/// A number of bytes: `10 MB` (10,000,000), `10 MiB` (10,485,760), `4096`.
///
/// @param bytes the number, at least 0
/// @param text the notation it was given in
public record ByteSize(long bytes, String text) {
  private static final String UNITS = "KMGTPE";

  /// Reads the notation: a number, also with decimals, of bytes, or with `B`, `kB` or `KB`, `MB`,
  /// `GB`, `TB`, `PB`, `EB` (powers of 1,000), or `KiB`, `MiB`, `GiB`, `TiB`, `PiB`, `EiB` (powers
  /// of 1,024); one space may stand between. `K`, `M` and `G` alone mean either in other programs
  /// and are refused, as is `b`, which stands for bits.
  ///
  /// @throws IllegalArgumentException with a message that starts with "expected" and does not
  ///   repeat the text
  public static ByteSize parse(String text) {
    Quantity quantity = Quantity.split(text, false);
    if (quantity == null) {
      throw new IllegalArgumentException("expected a size such as 10MB, 10 MiB or 4096 (bytes)");
    }
    Long bytes = quantity.times(factor(quantity.unit()));
    if (bytes == null) {
      throw new IllegalArgumentException(
          "expected a whole number of bytes, less than 8 EiB, such as 10MB or 1.5KiB");
    }
    return new ByteSize(bytes, text);
  }

  private static long factor(String written) {
    String unit = written.startsWith(" ") && written.length() > 1 ? written.substring(1) : written;
    if (unit.isEmpty() || unit.equals("B")) {
      return 1;
    }
    int power = UNITS.indexOf(unit.equals("kB") ? 'K' : unit.charAt(0)) + 1;
    boolean decimal = power > 0 && unit.substring(1).equals("B");
    boolean binary = power > 0 && unit.substring(1).equals("iB");
    if (decimal || binary) {
      return Quantity.power(binary ? 1024 : 1000, power);
    }
    String letter = unit.substring(0, 1).toUpperCase(Locale.ROOT);
    String rest = unit.substring(1).toLowerCase(Locale.ROOT);
    boolean meant =
        UNITS.contains(letter) && (rest.isEmpty() || rest.equals("b") || rest.equals("ib"));
    throw new IllegalArgumentException(
        meant
            ? "expected %sB (powers of 1000) or %siB (powers of 1024) as the unit"
                .formatted(letter.equals("K") ? "k" : letter, letter)
            : "expected B, kB, MB, GB, TB (powers of 1000) or KiB, MiB, GiB, TiB (powers of 1024)"
                + " as the unit, such as 10MB");
  }

  @Override
  public String toString() {
    return text;
  }
}

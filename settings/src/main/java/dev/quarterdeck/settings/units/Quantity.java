package dev.quarterdeck.settings.units;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// A decimal number without sign, and the unit written behind it.
record Quantity(BigDecimal number, String unit) {
  private static final int LONGEST_NUMBER = 40;
  private static final int GREATEST_EXPONENT = 30;
  private static final BigDecimal GREATEST = BigDecimal.valueOf(Long.MAX_VALUE);

  /// Splits a text; null when it starts with no number, or with one beyond all measure.
  ///
  /// @param exponents whether `e` or `E` before a digit or sign starts an exponent
  static @Nullable Quantity split(String text, boolean exponents) {
    int whole = digits(text, 0);
    int end = whole;
    if (end < text.length() && text.charAt(end) == '.') {
      end = digits(text, end + 1);
      if (end == whole + 1) {
        return null;
      }
    }
    if (whole == 0 || end > LONGEST_NUMBER) {
      return null;
    }
    BigDecimal number = new BigDecimal(text.substring(0, end));
    int sign = end + 1;
    if (exponents && sign < text.length() && "eE".indexOf(text.charAt(end)) >= 0) {
      char c = text.charAt(sign);
      int start = c == '+' || c == '-' ? sign + 1 : sign;
      int after = digits(text, start);
      if (after > start) {
        int exponent =
            after - start > 3 ? Integer.MAX_VALUE : Integer.parseInt(text, start, after, 10);
        if (exponent > GREATEST_EXPONENT) {
          return null;
        }
        number = number.scaleByPowerOfTen(c == '-' ? -exponent : exponent);
        end = after;
      }
    }
    return new Quantity(number, text.substring(end));
  }

  /// The end of the ASCII digits that start at a place.
  static int digits(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }

  /// The number times a factor, when that is whole and fits; else null.
  @Nullable Long times(BigDecimal factor) {
    BigDecimal product = number.multiply(factor).stripTrailingZeros();
    boolean whole = product.scale() <= 0;
    return whole && product.compareTo(GREATEST) <= 0 ? (Long) product.longValueExact() : null;
  }

  /// The number times a factor, rounded up to a whole number; null when that does not fit.
  @Nullable Long timesRoundedUp(BigDecimal factor) {
    BigDecimal product = number.multiply(factor).setScale(0, RoundingMode.CEILING);
    return product.compareTo(GREATEST) <= 0 ? (Long) product.longValueExact() : null;
  }
}

package dev.quarterdeck.settings.units;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// A decimal number without sign, and the unit written behind it. Computes in 64 bits where they
/// suffice: to load the classes of exact decimals takes longer than to load a whole configuration.
///
/// @param mantissa the digits as a number, -1 when they do not fit
/// @param scale how many of the digits stand behind the point; negative with an exponent
/// @param unit all that follows the number
record Quantity(long mantissa, int scale, String unit) {
  private static final int LONGEST_NUMBER = 40;
  private static final int GREATEST_EXPONENT = 30;
  private static final int GREATEST_POWER_OF_TEN = 18;

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
    int significant = end;
    while (significant > whole + 1 && text.charAt(significant - 1) == '0') {
      significant--;
    }
    int scale = Math.max(0, significant - whole - 1);
    long mantissa = mantissa(text, significant);
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
        scale += c == '-' ? exponent : -exponent;
        end = after;
      }
    }
    return new Quantity(mantissa, scale, text.substring(end));
  }

  private static long mantissa(String text, int end) {
    long mantissa = 0;
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (c != '.') {
        int digit = c - '0';
        if (mantissa > (Long.MAX_VALUE - digit) / 10) {
          return -1;
        }
        mantissa = mantissa * 10 + digit;
      }
    }
    return mantissa;
  }

  /// The end of the ASCII digits that start at a place.
  static int digits(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }

  /// A base to a power, which must fit.
  static long power(long base, int exponent) {
    long power = 1;
    for (int i = 0; i < exponent; i++) {
      power *= base;
    }
    return power;
  }

  /// The number times a factor, when that is whole and fits, as do its digits; else null.
  @Nullable Long times(long factor) {
    return times(factor, false);
  }

  /// The number times a factor, rounded up to a whole number; null when that does not fit.
  @Nullable Long timesRoundedUp(long factor) {
    return times(factor, true);
  }

  private @Nullable Long times(long factor, boolean roundUp) {
    if (mantissa <= 0) {
      return mantissa == 0 ? (Long) 0L : null;
    }
    long number = mantissa;
    int places = scale;
    while (places > 0 && number % 10 == 0) {
      number /= 10;
      places--;
    }
    if (places < 0 ? places < -GREATEST_POWER_OF_TEN : places > GREATEST_POWER_OF_TEN) {
      return places < 0 ? null : exactly(factor, roundUp);
    }
    long power = power(10, Math.abs(places));
    if (Math.multiplyHigh(number, factor) != 0 || number * factor < 0) {
      return exactly(factor, roundUp);
    }
    long product = number * factor;
    if (places < 0) {
      return product > Long.MAX_VALUE / power ? null : (Long) (product * power);
    }
    long rest = product % power;
    return rest != 0 && !roundUp ? null : (Long) (product / power + (rest == 0 ? 0 : 1));
  }

  private @Nullable Long exactly(long factor, boolean roundUp) {
    BigDecimal product = BigDecimal.valueOf(mantissa, scale).multiply(BigDecimal.valueOf(factor));
    BigDecimal whole = product.setScale(0, RoundingMode.CEILING);
    boolean fits = whole.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
    return fits && (roundUp || whole.compareTo(product) == 0) ? (Long) whole.longValue() : null;
  }
}

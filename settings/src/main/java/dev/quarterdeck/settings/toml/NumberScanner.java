package dev.quarterdeck.settings.toml;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads what stands without quotes: numbers, booleans, dates; and reports what is none of them.
final class NumberScanner {
  private static final double[] POWERS_OF_TEN = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };
  private static final String RANGE =
      "integers go from -9223372036854775808 to 9223372036854775807";

  private final Source source;
  private final byte[] bytes;

  NumberScanner(Source source) {
    this.source = source;
    this.bytes = source.bytes;
  }

  /// Reads the value at the cursor; null when it is faulty, which is then reported. The cursor is
  /// then behind what was taken for the value.
  @Nullable TomlNode value() {
    int from = source.pos;
    int p = from;
    boolean negative = bytes[p] == '-';
    if (negative || bytes[p] == '+') {
      p++;
    }
    int firstDigit = p;
    long number = 0;
    while (p < source.end && isDigit(bytes[p]) && p - firstDigit < 18) {
      number = number * 10 + (bytes[p] - '0');
      p++;
    }
    int digits = p - firstDigit;
    boolean leadingZero = digits > 1 && bytes[firstDigit] == '0';
    if (digits > 0 && !leadingZero && (p == source.end || endsValue(bytes[p]))) {
      Span span = source.upTo(p);
      source.pos = p;
      return new TomlInteger(negative ? -number : number, span);
    }
    int to = tokenEnd(from);
    return to == from ? notAValue(from) : token(from, to);
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private static boolean endsValue(byte b) {
    return b == '\n' || b == '\r' || b == ' ' || b == '\t' || b == ',' || b == ']' || b == '}'
        || b == '#';
  }

  private int tokenEnd(int from) {
    int p = from;
    while (p < source.end
        && (TomlText.isBare(bytes[p]) || bytes[p] == '.' || bytes[p] == ':' || bytes[p] == '+')) {
      p++;
    }
    return p;
  }

  private @Nullable TomlNode token(int from, int to) {
    byte first = bytes[from];
    if (isDigit(first) && looksLikeDate(from, to)) {
      return new DateTimeScanner(source).read(from, to);
    }
    boolean signed = first == '+' || first == '-';
    int digits = signed ? from + 1 : from;
    boolean infinite = is("inf", digits, to);
    TomlNode node;
    Span span = source.upTo(to);
    if (infinite || is("nan", digits, to)) {
      double special = infinite ? Double.POSITIVE_INFINITY : Double.NaN;
      node = new TomlFloat(first == '-' ? -special : special, span);
    } else if (is("true", from, to) || is("false", from, to)) {
      node = new TomlBoolean(first == 't', span);
    } else if (digits < to && isDigit(bytes[digits])) {
      return number(from, digits, to, span);
    } else {
      return notAValue(to);
    }
    source.pos = to;
    return node;
  }

  private boolean is(String word, int from, int to) {
    if (to - from != word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (bytes[from + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private boolean looksLikeDate(int from, int to) {
    int p = from;
    while (p < to && isDigit(bytes[p])) {
      p++;
    }
    return p < to && (bytes[p] == ':' || (bytes[p] == '-' && p + 1 < to && isDigit(bytes[p + 1])));
  }

  private @Nullable TomlNode number(int from, int digits, int to, Span span) {
    source.pos = to;
    byte kind = digits + 1 < to ? bytes[digits + 1] : 0;
    if (bytes[digits] == '0' && (kind == 'x' || kind == 'o' || kind == 'b')) {
      return digits > from
          ? bad(span, "a sign before a number in another base")
          : inBase(digits + 2, to, kind == 'x' ? 16 : kind == 'o' ? 8 : 2, span);
    }
    int p = run(digits, to);
    if (p < 0) {
      return bad(span, "an underscore that is not between two digits");
    }
    boolean leadingZero = bytes[digits] == '0' && p > digits + 1;
    if (p == to) {
      return leadingZero
          ? bad(span, "a number with a leading zero")
          : integer(digits, to, 10, bytes[from] == '-', span);
    }
    int fraction = p;
    if (bytes[p] == '.') {
      p = p + 1 < to && isDigit(bytes[p + 1]) ? run(p + 1, to) : -1;
    }
    int exponent = p;
    if (p > 0 && p < to && (bytes[p] == 'e' || bytes[p] == 'E')) {
      int sign = p + 1 < to && (bytes[p + 1] == '+' || bytes[p + 1] == '-') ? 1 : 0;
      int start = p + 1 + sign;
      p = start < to && isDigit(bytes[start]) ? run(start, to) : -1;
    }
    if (p != to) {
      return bad(span, "neither a number nor a date");
    }
    return leadingZero
        ? bad(span, "a number with a leading zero")
        : decimal(from, digits, fraction, exponent, to, span);
  }

  /// The end of a run of digits with underscores between them; -1 when one is elsewhere.
  private int run(int from, int to) {
    int p = from;
    while (p < to && (isDigit(bytes[p]) || bytes[p] == '_')) {
      boolean stray =
          bytes[p] == '_'
              && (p == from || p + 1 == to || !isDigit(bytes[p + 1]) || !isDigit(bytes[p - 1]));
      if (stray) {
        return -1;
      }
      p++;
    }
    return p;
  }

  private @Nullable TomlNode inBase(int from, int to, int base, Span span) {
    boolean digit = false;
    for (int p = from; p < to; p++) {
      boolean underscore = bytes[p] == '_';
      if (underscore ? !digit || p + 1 == to : Character.digit(bytes[p], base) < 0) {
        return bad(span, "not a number of base " + base);
      }
      digit = !underscore;
    }
    return digit ? integer(from, to, base, false, span) : bad(span, "a number without digits");
  }

  private @Nullable TomlNode integer(int from, int to, int base, boolean negative, Span span) {
    long limit = negative ? Long.MIN_VALUE : -Long.MAX_VALUE;
    long number = 0;
    for (int p = from; p < to; p++) {
      if (bytes[p] != '_') {
        int digit = Character.digit(bytes[p], base);
        if (number < limit / base || number * base < limit + digit) {
          source.error(TomlCodes.INTEGER_RANGE, span, "the integer does not fit in 64 bits", RANGE);
          return null;
        }
        number = number * base - digit;
      }
    }
    return new TomlInteger(negative ? number : -number, span);
  }

  private @Nullable TomlNode decimal(
      int from, int digits, int fraction, int exponent, int to, Span span) {
    long mantissa = 0;
    int significant = 0;
    int scale = 0;
    for (int p = digits; p < exponent; p++) {
      if (isDigit(bytes[p])) {
        mantissa = significant < 18 ? mantissa * 10 + (bytes[p] - '0') : 0;
        significant += mantissa > 0 ? 1 : 0;
        scale += p > fraction ? 1 : 0;
      }
    }
    boolean negative = bytes[from] == '-';
    if (exponent == to && significant <= 15 && scale < POWERS_OF_TEN.length) {
      double value = mantissa / POWERS_OF_TEN[scale];
      return new TomlFloat(negative ? -value : value, span);
    }
    String text = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    double value = Double.parseDouble(text.replace("_", ""));
    return Double.isInfinite(value)
        ? bad(span, "the float is too large for 64 bits")
        : new TomlFloat(value, span);
  }

  private @Nullable TomlNode bad(Span span, String message) {
    source.error(
        TomlCodes.BAD_NUMBER, span, message, "write a number as TOML does, or put text in quotes");
    return null;
  }

  private @Nullable TomlNode notAValue(int to) {
    int from = source.pos;
    String word = new String(bytes, from, Math.min(to - from, 8), StandardCharsets.ISO_8859_1);
    if (to == from) {
      boolean none = source.peek() == '#' || source.peek() == Source.EOF || source.lineBreak() > 0;
      source.unexpected(
          TomlCodes.BAD_VALUE,
          none ? "the value is missing" : "not a TOML value",
          "write a number, true, false, a date, an array, or text in quotes");
      if (!none && source.peek() > 0 && "]},".indexOf(source.peek()) < 0) {
        source.pos++;
      }
      return null;
    }
    String hint =
        switch (word.toLowerCase(Locale.ROOT)) {
          case "true", "yes", "on" -> "write true";
          case "false", "no", "off" -> "write false";
          case "null", "none", "nil" -> "TOML has no null: leave the key out";
          default -> "put text in quotes";
        };
    source.error(TomlCodes.BAD_VALUE, source.upTo(to), "not a TOML value", hint);
    source.pos = to;
    return null;
  }
}

package dev.quarterdeck.bookmarks;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Percent-encoding of queries and paths, for the comparison of URLs. What is not UTF-8 becomes
/// U+FFFD; a `%` without two digits stands for itself.
final class PercentCode {
  private static final String HEX = "0123456789ABCDEF";

  private PercentCode() {}

  /// Decodes a name or value of a query: `+` is a blank.
  static String decode(String text) {
    String spaced = text.replace('+', ' ');
    if (spaced.indexOf('%') < 0) {
      return spaced;
    }
    byte[] bytes = spaced.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      int code = bytes[i] == '%' ? code(bytes, i) : -1;
      decoded.write(code < 0 ? bytes[i] : code);
      i += code < 0 ? 0 : 2;
    }
    return decoded.toString(StandardCharsets.UTF_8);
  }

  /// Encodes everything but letters, digits, `-`, `.`, `_` and `~`; a blank becomes `%20`.
  static String encode(String text) {
    StringBuilder encoded = new StringBuilder(text.length());
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      append(encoded, b & 0xff, unreserved(b & 0xff));
    }
    return encoded.toString();
  }

  /// The one spelling of a path: needless codes decoded, other codes in capitals, other characters
  /// as they are, those outside ASCII encoded.
  static String spelled(String path) {
    byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
    StringBuilder spelled = new StringBuilder(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      int code = bytes[i] == '%' ? code(bytes, i) : -1;
      if (code >= 0) {
        append(spelled, code, unreserved(code));
        i += 2;
      } else {
        append(spelled, bytes[i] & 0xff, bytes[i] > 0x20);
      }
    }
    return spelled.toString();
  }

  private static void append(StringBuilder text, int code, boolean plain) {
    if (plain) {
      text.append((char) code);
    } else {
      text.append('%').append(HEX.charAt(code >> 4)).append(HEX.charAt(code & 15));
    }
  }

  private static int code(byte[] bytes, int at) {
    if (at + 2 >= bytes.length) {
      return -1;
    }
    int high = Character.digit(bytes[at + 1], 16);
    int low = Character.digit(bytes[at + 2], 16);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  private static boolean unreserved(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '.'
        || c == '_'
        || c == '~';
  }
}

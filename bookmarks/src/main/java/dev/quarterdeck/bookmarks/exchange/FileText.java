package dev.quarterdeck.bookmarks.exchange;

import java.util.ArrayList;
import java.util.List;

/// Cleans the texts of files: what no store and no page could keep is taken out.
final class FileText {
  private FileText() {}

  /// One line: every run of blanks becomes one, none at the ends.
  static String line(String text) {
    String clean = storable(text);
    StringBuilder line = new StringBuilder(clean.length());
    boolean blank = false;
    for (int i = 0; i < clean.length(); i++) {
      char c = clean.charAt(i);
      if (isBlank(c)) {
        blank = true;
        continue;
      }
      if (blank && !line.isEmpty()) {
        line.append(' ');
      }
      blank = false;
      line.append(c);
    }
    return line.toString().strip();
  }

  private static boolean isBlank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r') || c == '\u00a0' || c == '\u2028' || c == '\u2029';
  }

  /// Several lines, each end of line `\n`, no blanks around.
  static String lines(String text) {
    String lines =
        text.indexOf('\r') < 0
            ? text
            : text.replace("\n\r", "\n").replace("\r\n", "\n").replace('\r', '\n');
    return storable(lines).strip();
  }

  /// Letter by letter, but for what no store can keep: NUL and halves of surrogate pairs.
  static String exact(String text) {
    return text.chars().noneMatch(c -> c == 0 || Character.isSurrogate((char) c))
        ? text
        : text.codePoints()
            .filter(point -> point != 0)
            .map(
                point ->
                    point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE
                        ? 0xfffd
                        : point)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
  }

  /// At most so many characters (code points).
  static String cut(String text, int max) {
    return text.codePointCount(0, text.length()) <= max
        ? text
        : text.substring(0, text.offsetByCodePoints(0, max));
  }

  /// Splits at separators; no empty parts.
  static List<String> split(String text, String separators) {
    List<String> parts = new ArrayList<>();
    for (String part : text.split(separators, -1)) {
      if (!part.isBlank()) {
        parts.add(part.strip());
      }
    }
    return parts;
  }

  private static String storable(String text) {
    int plain = 0;
    while (plain < text.length() && plainly(text.charAt(plain))) {
      plain++;
    }
    if (plain == text.length()) {
      return text;
    }
    StringBuilder clean = new StringBuilder(text.length()).append(text, 0, plain);
    text.substring(plain)
        .codePoints()
        .forEach(
            point -> {
              if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                clean.append('\ufffd');
              } else if ((point >= 0x20 && point != 0x7f && point != 0xfeff)
                  || point == '\n'
                  || point == '\t') {
                clean.appendCodePoint(point);
              }
            });
    return clean.toString();
  }

  private static boolean plainly(char c) {
    return (c >= 0x20 && c < 0x7f) || (c >= 0xa0 && c < Character.MIN_SURROGATE) || c == '\n';
  }
}

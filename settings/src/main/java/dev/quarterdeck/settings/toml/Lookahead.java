package dev.quarterdeck.settings.toml;

import java.nio.charset.StandardCharsets;

/// Looks at what comes, without moving the cursor.
final class Lookahead {
  private static final int LIMIT = 4096;

  private final Source source;
  private final byte[] bytes;
  private final int end;

  Lookahead(Source source) {
    this.source = source;
    this.bytes = source.bytes;
    this.end = source.end;
  }

  /// The place behind a closing quote on the same line, -1 when there is none.
  int closing(int from, byte quote) {
    for (int p = from; p < end && bytes[p] != '\n'; p++) {
      if (bytes[p] == quote) {
        return p + 1;
      }
      p += bytes[p] == '\\' && quote == '"' ? 1 : 0;
    }
    return -1;
  }

  /// The place behind three closing quotes, -1 when there are none.
  int closingTriple(int from, byte quote) {
    for (int p = from; p + 2 < end; p++) {
      if (bytes[p] == quote && bytes[p + 1] == quote && bytes[p + 2] == quote) {
        return p + 3;
      }
      p += bytes[p] == '\\' && quote == '"' ? 1 : 0;
    }
    return -1;
  }

  /// Whether a key with `=`, or a header, stands at the cursor.
  boolean startsStatement() {
    int value = afterEquals(source.pos);
    return startsHeader(source.pos) || (value >= 0 && (value >= end || bytes[value] != '='));
  }

  /// Whether a key with the start of a value, or a header, stands there. What may as well be the
  /// end of a text over several lines, such as `abc="`, does not count.
  boolean startsSoundStatement(int from) {
    if (startsHeader(from)) {
      return true;
    }
    int p = afterEquals(from);
    if (p < 0 || p >= end) {
      return false;
    }
    boolean quote = bytes[p] == '"' || bytes[p] == '\'';
    int after = blanks(p + 1);
    boolean lastOnLine = after >= end || bytes[after] == '\n' || bytes[after] == '\r';
    return quote
        ? !lastOnLine
        : bytes[p] == '[' || bytes[p] == '{' || bytes[p] == '+' || TomlText.isBare(bytes[p]);
  }

  /// Where a value must start when a key and `=` stand there, else -1.
  private int afterEquals(int from) {
    int p = afterKey(from);
    return p < 0 || p >= end || bytes[p] != '=' ? -1 : blanks(p + 1);
  }

  /// Whether the brace that is open at the cursor is closed before the next header, as far as can
  /// be seen from here.
  boolean closesBrace() {
    int limit = (int) Math.min((long) source.pos + LIMIT, end);
    int open = 1;
    for (int p = source.pos; p < limit; p++) {
      byte b = bytes[p];
      if (b == '\n' && startsHeader(blanks(p + 1))) {
        return false;
      }
      if (b == '"' || b == '\'') {
        int close = closing(p + 1, b);
        p = close < 0 ? p : close - 1;
      } else if (b == '{') {
        open++;
      } else if (b == '}') {
        open--;
      }
      if (open == 0) {
        return true;
      }
    }
    return false;
  }

  /// Whether a header stands at the cursor, as far as it differs from an array of values.
  boolean startsHeader() {
    return startsHeader(source.pos);
  }

  boolean startsHeader(int from) {
    if (from >= end || bytes[from] != '[') {
      return false;
    }
    int p = from + 1;
    p = blanks(p < end && bytes[p] == '[' ? p + 1 : p);
    if (p >= end || !TomlText.isBare(bytes[p]) || bytes[p] < 'A' || isWord(p)) {
      return false;
    }
    p = afterKey(p);
    return p >= 0 && p < end && bytes[p] == ']';
  }

  /// Whether one of the values that are words stands there.
  private boolean isWord(int from) {
    int p = from;
    while (p < end && TomlText.isBare(bytes[p])) {
      p++;
    }
    if (p - from > 5) {
      return false;
    }
    String word = new String(bytes, from, p - from, StandardCharsets.ISO_8859_1);
    return switch (word) {
      case "true", "false", "inf", "nan" -> true;
      default -> false;
    };
  }

  private int afterKey(int from) {
    int p = from;
    while (true) {
      int start = p;
      while (p < end && TomlText.isBare(bytes[p])) {
        p++;
      }
      if (p == start) {
        if (p >= end || (bytes[p] != '"' && bytes[p] != '\'')) {
          return -1;
        }
        p = closing(p + 1, bytes[p]);
        if (p < 0) {
          return -1;
        }
      }
      p = blanks(p);
      if (p >= end || bytes[p] != '.') {
        return p;
      }
      p = blanks(p + 1);
    }
  }

  /// The first place from there on that is no blank.
  int blanks(int from) {
    int p = from;
    while (p < end && (bytes[p] == ' ' || bytes[p] == '\t')) {
      p++;
    }
    return p;
  }
}

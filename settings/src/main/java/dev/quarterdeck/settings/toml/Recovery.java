package dev.quarterdeck.settings.toml;

/// Finds the place where reading can go on after a fault, so that one fault gives one report.
final class Recovery {
  private static final int LOOKAHEAD = 4096;

  private final Source source;
  private final byte[] bytes;
  private final int end;

  Recovery(Source source) {
    this.source = source;
    this.bytes = source.bytes;
    this.end = source.end;
  }

  /// Steps to the line of the next statement: the next line, or the line after the brackets that
  /// the rest of this line opens.
  void skipStatement() {
    int squares = 0;
    int braces = 0;
    while (source.pos < end) {
      int lineBreak = source.lineBreak();
      if (lineBreak > 0) {
        source.stepLine(lineBreak);
        if (squares + braces == 0) {
          return;
        }
        source.skipBlanks();
        if (braces > 0 ? startsHeader(source.pos) : startsStatement()) {
          return;
        }
        continue;
      }
      switch (bytes[source.pos]) {
        case '[' -> squares++;
        case '{' -> braces++;
        case ']' -> squares = Math.max(0, squares - 1);
        case '}' -> braces = Math.max(0, braces - 1);
        default -> {}
      }
      skipToken();
    }
  }

  /// Steps to what separates or ends elements: `,`, `]`, `}` or the end of the line, brackets
  /// opened on the way closed again.
  void skipElement() {
    int open = 0;
    while (source.pos < end) {
      int lineBreak = source.lineBreak();
      byte b = bytes[source.pos];
      if (lineBreak > 0) {
        if (open == 0) {
          return;
        }
        source.stepLine(lineBreak);
        source.skipBlanks();
        if (startsHeader(source.pos)) {
          return;
        }
        continue;
      }
      if (open == 0 && (b == ',' || b == ']' || b == '}')) {
        return;
      }
      if (b == '[' || b == '{') {
        open++;
      } else if (b == ']' || b == '}') {
        open--;
      }
      skipToken();
    }
  }

  /// Steps over a character, a string or a comment; stays on the line except in strings that may
  /// leave it.
  private void skipToken() {
    byte b = bytes[source.pos];
    if (b == '#') {
      skipLine();
    } else if (b == '"' || b == '\'') {
      skipString(b);
    } else if (b < 0) {
      source.stepNonAscii();
    } else {
      source.pos++;
    }
  }

  private void skipLine() {
    while (source.pos < end && source.lineBreak() == 0) {
      if (bytes[source.pos] < 0) {
        source.stepNonAscii();
      } else {
        source.pos++;
      }
    }
  }

  private void skipString(byte quote) {
    boolean triple = source.peek(1) == quote && source.peek(2) == quote;
    int close = triple ? closingTriple(source.pos + 3, quote) : closing(source.pos + 1, quote);
    if (close < 0) {
      skipLine();
      return;
    }
    while (source.pos < close) {
      int lineBreak = source.lineBreak();
      if (lineBreak > 0) {
        source.stepLine(lineBreak);
      } else if (bytes[source.pos] < 0) {
        source.stepNonAscii();
      } else {
        source.pos++;
      }
    }
  }

  /// The place behind a closing quote on the same line, -1 when there is none.
  private int closing(int from, byte quote) {
    for (int p = from; p < end && bytes[p] != '\n'; p++) {
      if (bytes[p] == quote) {
        return p + 1;
      }
      p += bytes[p] == '\\' && quote == '"' ? 1 : 0;
    }
    return -1;
  }

  private int closingTriple(int from, byte quote) {
    for (int p = from; p + 2 < end; p++) {
      if (bytes[p] == quote && bytes[p + 1] == quote && bytes[p + 2] == quote) {
        return p + 3;
      }
      p += bytes[p] == '\\' && quote == '"' ? 1 : 0;
    }
    return -1;
  }

  /// After a string without its closing quote, with the cursor at the end of the line: when the
  /// lines below read as the rest of that string, steps behind the quote that ends it.
  void skipRestOfString(byte quote) {
    int limit = (int) Math.min((long) source.pos + LOOKAHEAD, end);
    int lines = 0;
    for (int p = nextLine(source.pos, limit); p < limit; p = nextLine(p, limit)) {
      lines++;
      int next = nextLine(p, limit);
      int quotes = 0;
      for (int i = p; i < next; i++) {
        quotes += bytes[i] == quote ? 1 : 0;
      }
      if (startsStatement(blanks(p))) {
        return;
      }
      if ((quotes & 1) == 1) {
        for (int line = 0; line <= lines && source.pos < end; line++) {
          skipLine();
          if (line < lines) {
            source.stepLine(source.lineBreak());
          }
        }
        return;
      }
    }
  }

  private int nextLine(int from, int limit) {
    int p = from;
    while (p < limit && bytes[p] != '\n') {
      p++;
    }
    return Math.min(p + 1, limit);
  }

  /// Whether a key with a value, or a header, stands at the cursor.
  boolean startsStatement() {
    return startsStatement(source.pos);
  }

  private boolean startsStatement(int from) {
    if (startsHeader(from)) {
      return true;
    }
    int p = afterKey(from);
    if (p < 0 || p >= end || bytes[p] != '=') {
      return false;
    }
    p = blanks(p + 1);
    return p < end
        && (bytes[p] == '"'
            || bytes[p] == '\''
            || bytes[p] == '['
            || bytes[p] == '{'
            || bytes[p] == '+'
            || TomlText.isBare(bytes[p]));
  }

  /// Whether a header stands at the cursor, as far as it differs from an array of values.
  boolean startsHeader() {
    return startsHeader(source.pos);
  }

  private boolean startsHeader(int from) {
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
    String word = new String(bytes, from, p - from, java.nio.charset.StandardCharsets.ISO_8859_1);
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

  private int blanks(int from) {
    int p = from;
    while (p < end && (bytes[p] == ' ' || bytes[p] == '\t')) {
      p++;
    }
    return p;
  }
}

package dev.quarterdeck.settings.toml;

/// Finds the place where reading can go on after a fault, so that one fault gives one report.
final class Recovery {
  private static final int LOOKAHEAD = 4096;

  private final Source source;
  private final Lookahead lookahead;
  private final byte[] bytes;
  private final int end;

  Recovery(Source source, Lookahead lookahead) {
    this.source = source;
    this.lookahead = lookahead;
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
        if (braces > 0 ? lookahead.startsHeader(source.pos) : lookahead.startsStatement()) {
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
        if (lookahead.startsHeader(source.pos)) {
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
    int close =
        triple
            ? lookahead.closingTriple(source.pos + 3, quote)
            : lookahead.closing(source.pos + 1, quote);
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
      if (lookahead.startsSoundStatement(lookahead.blanks(p))) {
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

  /// After a fault at the end of a line: steps over the next line when it is the rest of the faulty
  /// statement, which it is when it starts with one of the given characters and is no statement
  /// itself.
  void skipContinuation(String starts) {
    int p = lookahead.blanks(source.pos);
    if (p < end
        && bytes[p] > 0
        && starts.indexOf(bytes[p]) >= 0
        && !lookahead.startsSoundStatement(p)) {
      skipStatement();
    }
  }
}

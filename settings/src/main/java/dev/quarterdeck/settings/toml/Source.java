package dev.quarterdeck.settings.toml;

/// The bytes of a document, the place that has been reached, and the faults found so far.
final class Source {
  static final int EOF = Integer.MIN_VALUE;

  final byte[] bytes;
  final int end;
  final TomlVersion version;
  int pos;

  final Faults faults = new Faults();

  private int line = 1;
  private int lineStart;
  private int continuationBytes;

  Source(byte[] bytes, TomlVersion version) {
    this.bytes = bytes;
    this.end = bytes.length;
    this.version = version;
    if (end >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF) {
      pos = 3;
      lineStart = 3;
    }
  }

  /// The byte at the cursor, negative when it is not ASCII, [#EOF] at the end.
  int peek() {
    return pos < end ? bytes[pos] : EOF;
  }

  int peek(int ahead) {
    return pos + ahead < end ? bytes[pos + ahead] : EOF;
  }

  Position here() {
    return new Position(line, pos - lineStart - continuationBytes + 1, pos);
  }

  Span since(Position start) {
    return new Span(start, here());
  }

  /// The stretch from the cursor to a byte on the same line, all ASCII.
  Span upTo(int to) {
    int column = pos - lineStart - continuationBytes + 1;
    return new Span(new Position(line, column, pos), new Position(line, column + to - pos, to));
  }

  void skipBlanks() {
    int p = pos;
    while (p < end && (bytes[p] == ' ' || bytes[p] == '\t')) {
      p++;
    }
    pos = p;
  }

  /// Length of the line break at the cursor, 0 when there is none.
  int lineBreak() {
    int c = peek();
    return c == '\n' ? 1 : c == '\r' && peek(1) == '\n' ? 2 : 0;
  }

  /// Steps over a line break of a length.
  void stepLine(int length) {
    pos += length;
    line++;
    lineStart = pos;
    continuationBytes = 0;
  }

  /// Steps over one character that is not ASCII, or a run of bytes that is not UTF-8: false then.
  boolean stepNonAscii() {
    int length = Utf8.sequence(bytes, pos, end);
    if (length > 0) {
      pos += length;
      continuationBytes += length - 1;
      return true;
    }
    while (pos < end && bytes[pos] < 0 && length < 0) {
      pos -= length;
      length = pos < end && bytes[pos] < 0 ? Utf8.sequence(bytes, pos, end) : 0;
    }
    return false;
  }

  /// Steps over one character that is not ASCII, reporting what is not UTF-8.
  boolean readNonAscii() {
    Position start = here();
    if (stepNonAscii()) {
      return true;
    }
    notUtf8(start);
    return false;
  }

  /// Steps over a comment, up to its line break.
  void comment() {
    boolean sound = true;
    while (true) {
      int c = peek();
      if (c == EOF || lineBreak() > 0) {
        return;
      }
      if (c < 0) {
        readNonAscii();
      } else {
        if (sound && isControl(c)) {
          sound = false;
          control("a comment");
        }
        pos++;
      }
    }
  }

  /// Steps over blanks, a comment and the end of the line; false, at the place, when something else
  /// stands there.
  boolean endOfLine() {
    skipBlanks();
    if (peek() == '#') {
      comment();
    }
    int length = lineBreak();
    if (length > 0) {
      stepLine(length);
      return true;
    }
    return pos >= end;
  }

  /// Steps over blanks, comments and line breaks; whether a line break was among them.
  boolean skipBlankLines() {
    boolean newLine = false;
    while (true) {
      skipBlanks();
      if (peek() == '#') {
        comment();
      }
      int length = lineBreak();
      if (length == 0) {
        return newLine;
      }
      stepLine(length);
      newLine = true;
    }
  }

  static boolean isControl(int c) {
    return (c >= 0 && c < 0x20 && c != '\t') || c == 0x7F;
  }

  /// Reports the control character at the cursor.
  void control(String where) {
    boolean lonely = peek() == '\r';
    error(
        TomlCodes.CONTROL_CHARACTER,
        upTo(pos + 1),
        lonely ? "carriage return without line feed in " + where : "control character in " + where,
        lonely
            ? "end lines with LF or CR LF"
            : "remove it, or write it as an escape such as \\u0000 in double quotes");
  }

  private void notUtf8(Position start) {
    error(TomlCodes.ENCODING, since(start), "the bytes are not UTF-8", "save the file as UTF-8");
  }

  /// Reports what stands at the cursor: what it is if it can stand nowhere, else the given fault.
  void unexpected(String code, String message, String hint) {
    int c = peek();
    Position start = here();
    if (c < 0 && c != EOF) {
      int mark = pos;
      int marked = continuationBytes;
      boolean sound = stepNonAscii();
      Span span = since(start);
      if (!sound) {
        notUtf8(start);
      }
      pos = mark;
      continuationBytes = marked;
      if (sound) {
        error(code, span, message + ", found " + found(), hint);
      }
    } else if (isControl(c) && lineBreak() == 0) {
      control("the document");
    } else {
      boolean empty = c == EOF || lineBreak() > 0;
      error(
          code,
          empty ? new Span(start, start) : upTo(pos + 1),
          message + ", found " + found(),
          hint);
    }
  }

  /// What stands at the cursor, without giving away what may be part of a secret.
  private String found() {
    int c = peek();
    if (c == EOF) {
      return "the end of the file";
    }
    if (lineBreak() > 0) {
      return "the end of the line";
    }
    if (c < 0) {
      int length = Utf8.sequence(bytes, pos, end);
      int point = Utf8.codePoint(bytes, pos, length);
      boolean telling = !Character.isLetterOrDigit(point) && point < 0x10000;
      return telling ? String.format("the character U+%04X", point) : "a letter that is not ASCII";
    }
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
      return "a letter";
    }
    return c >= '0' && c <= '9' ? "a digit" : c == '#' ? "a comment" : "'" + (char) c + "'";
  }

  /// Reports a fault of the key that is being read.
  void error(String code, Span span, String message, String hint) {
    faults.add(code, span, message, hint);
  }
}

package dev.quarterdeck.settings.dotenv;

import dev.quarterdeck.settings.toml.Position;
import dev.quarterdeck.settings.toml.Span;
import dev.quarterdeck.settings.toml.Utf8;

/// A place in the bytes of a file, with its line and column.
final class Cursor {
  static final int EOF = Integer.MIN_VALUE;

  private final byte[] bytes;
  private int pos;
  private int line = 1;
  private int lineStart;
  private int continuationBytes;

  Cursor(byte[] bytes) {
    this.bytes = bytes;
    boolean mark =
        bytes.length >= 3
            && bytes[0] == (byte) 0xEF
            && bytes[1] == (byte) 0xBB
            && bytes[2] == (byte) 0xBF;
    pos = mark ? 3 : 0;
    lineStart = pos;
  }

  /// Whether the file starts as only UTF-16 and UTF-32 do.
  boolean isWide() {
    if (bytes.length < 2) {
      return false;
    }
    int first = bytes[0] & 0xFF;
    int second = bytes[1] & 0xFF;
    return (first == 0xFE && second == 0xFF)
        || (first == 0xFF && second == 0xFE)
        || (first == 0) != (second == 0);
  }

  int offset() {
    return pos;
  }

  /// The byte at the cursor, negative when it is not ASCII, [#EOF] at the end.
  int peek() {
    return peek(0);
  }

  int peek(int ahead) {
    return pos + ahead < bytes.length ? bytes[pos + ahead] : EOF;
  }

  Position here() {
    return new Position(line, pos - lineStart - continuationBytes + 1, pos);
  }

  Span since(Position start) {
    return new Span(start, here());
  }

  /// The character at the cursor, which is ASCII; nothing at the end of the line.
  Span character() {
    Position start = here();
    boolean none = peek() == EOF || lineBreak() > 0;
    Position end = none ? start : new Position(line, start.column() + 1, pos + 1);
    return new Span(start, end);
  }

  /// Goes back to the start of a line that was passed before.
  void returnTo(Position lineBegin) {
    pos = lineBegin.offset();
    line = lineBegin.line();
    lineStart = pos;
    continuationBytes = 0;
  }

  /// Steps over bytes that are ASCII and no line break.
  void step(int count) {
    pos += count;
  }

  void skipBlanks() {
    while (isBlank(peek())) {
      pos++;
    }
  }

  static boolean isBlank(int c) {
    return c == ' ' || c == '\t';
  }

  /// Length of the line break at the cursor, 0 when there is none.
  int lineBreak() {
    int c = peek();
    return c == '\n' ? 1 : c == '\r' && peek(1) == '\n' ? 2 : 0;
  }

  boolean atLineEnd() {
    return peek() == EOF || lineBreak() > 0;
  }

  /// Steps over the line break at the cursor, if there is one.
  void stepLine() {
    int length = lineBreak();
    if (length > 0) {
      pos += length;
      line++;
      lineStart = pos;
      continuationBytes = 0;
    }
  }

  /// Steps over one character that is not ASCII, or a run of bytes that is not UTF-8: false then.
  boolean stepNonAscii() {
    int length = Utf8.sequence(bytes, pos, bytes.length);
    if (length > 0) {
      pos += length;
      continuationBytes += length - 1;
      return true;
    }
    while (length < 0) {
      pos -= length;
      length = peek() < 0 && peek() != EOF ? Utf8.sequence(bytes, pos, bytes.length) : 0;
    }
    return false;
  }

  /// Steps to the end of the line, whatever stands there.
  void skipLine() {
    while (!atLineEnd()) {
      if (peek() < 0) {
        stepNonAscii();
      } else {
        pos++;
      }
    }
  }

  /// The text from an offset to the cursor, which must be well-formed UTF-8.
  String textFrom(int from) {
    return new String(bytes, from, pos - from, java.nio.charset.StandardCharsets.UTF_8);
  }

  static boolean isControl(int c) {
    return (c >= 0 && c < 0x20 && c != '\t') || c == 0x7F;
  }
}

package dev.quarterdeck.settings.toml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The bytes of a document, the place that has been reached, the key that is being read, and the
/// faults found so far.
final class Source {
  static final int EOF = Integer.MIN_VALUE;
  private static final int MAX_ERRORS = 1000;

  final byte[] bytes;
  final int end;
  final TomlVersion version;
  int pos;

  /// The header that is in force, null in the root table.
  @Nullable KeyPart header;

  /// The key of the statement, once its `=` was seen.
  @Nullable KeyPart key;

  private int line = 1;
  private int lineStart;
  private int continuationBytes;
  private final List<TomlError> errors = new ArrayList<>();

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
    List<String> path = new ArrayList<>();
    if (header != null) {
      header.addTo(path, null);
    }
    String subject = "";
    if (key != null) {
      key.addTo(path, null);
      subject = KeyPart.show(path) + ": ";
    }
    error(new TomlError(code, span, subject + message, hint, path));
  }

  void error(TomlError error) {
    if (errors.size() < MAX_ERRORS) {
      errors.add(error);
    }
  }

  /// Whether so much is wrong that reading on helps nobody.
  boolean tooManyErrors() {
    return errors.size() >= MAX_ERRORS;
  }

  /// Ends the reading and gives the faults in the order of the file.
  List<TomlError> errors() {
    if (tooManyErrors()) {
      errors.add(
          new TomlError(
              TomlCodes.TOO_MANY_ERRORS,
              new Span(here(), here()),
              "more than " + MAX_ERRORS + " faults; the rest of the file was not read",
              "is this a TOML file?",
              List.of()));
    }
    errors.sort(Comparator.comparingInt(e -> e.span().start().offset()));
    return errors;
  }
}

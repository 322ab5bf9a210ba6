package dev.quarterdeck.settings.dotenv;

import dev.quarterdeck.settings.toml.Position;
import dev.quarterdeck.settings.toml.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads what stands behind the `=`.
final class ValueReader {
  /// A value, and where it stands with its quotes.
  record Value(String text, Span span) {}

  private final Cursor cursor;
  private final List<DotEnvError> faults = new ArrayList<>();
  private String name = "";
  private boolean resumed;

  ValueReader(Cursor cursor) {
    this.cursor = cursor;
  }

  /// The faults of the last value that was read.
  List<DotEnvError> faults() {
    return faults;
  }

  /// Whether a byte may stand in a name, that many bytes after its start.
  static boolean isName(int c, int index) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || c == '_'
        || (index > 0 && c >= '0' && c <= '9');
  }

  /// Reads the value at the cursor and the rest of its line, and steps to the line where reading
  /// goes on; null when it is faulty, [#faults] then says why.
  @Nullable Value read(String variable) {
    name = variable;
    faults.clear();
    resumed = false;
    Value value =
        switch (cursor.peek()) {
          case '"' -> doubleQuoted();
          case '\'' -> singleQuoted();
          default -> bare();
        };
    if (!resumed) {
      cursor.skipLine();
      cursor.stepLine();
    }
    return faults.isEmpty() ? value : null;
  }

  private @Nullable Value bare() {
    Position start = cursor.here();
    int from = cursor.offset();
    while (!cursor.atLineEnd()) {
      int c = cursor.peek();
      Position place = cursor.here();
      if (Cursor.isBlank(c)) {
        String text = cursor.textFrom(from);
        Span span = cursor.since(start);
        Span gap = cursor.character();
        cursor.skipBlanks();
        if (cursor.atLineEnd()) {
          return new Value(text, span);
        }
        return cursor.peek() == '#' ? hash() : needsQuotes(gap, "a space");
      }
      switch (c) {
        case '#' -> {
          return hash();
        }
        case '$', '`' -> {
          return expansion();
        }
        case '"', '\'', '\\' -> {
          return needsQuotes(cursor.character(), c == '\\' ? "a backslash" : "a quote");
        }
        default -> {
          if (Cursor.isControl(c)) {
            faults.add(control(subject(), cursor.character()));
            return null;
          }
          if (c >= 0) {
            cursor.step(1);
          } else if (!cursor.stepNonAscii()) {
            faults.add(notUtf8(subject(), place));
            return null;
          }
        }
      }
    }
    return new Value(cursor.textFrom(from), cursor.since(start));
  }

  private @Nullable Value hash() {
    fault(
        DotEnvCodes.NEEDS_QUOTES,
        cursor.character(),
        "# in a value without quotes",
        "put the value in quotes, or the comment on a line of its own");
    return null;
  }

  private @Nullable Value needsQuotes(Span span, String what) {
    fault(
        DotEnvCodes.NEEDS_QUOTES,
        span,
        what + " in a value without quotes",
        "put the whole value in single quotes");
    return null;
  }

  private @Nullable Value expansion() {
    int c = cursor.peek();
    fault(
        DotEnvCodes.EXPANSION,
        cursor.character(),
        (char) c + " outside single quotes, which a shell would expand and this reader does not",
        "put the value in single quotes, or write \\" + (char) c + " in double quotes");
    return null;
  }

  private @Nullable Value singleQuoted() {
    Position open = cursor.here();
    cursor.step(1);
    int from = cursor.offset();
    while (cursor.peek() != '\'') {
      if (cursor.atLineEnd()) {
        unclosed(open, "'", "close it on the same line; for several lines use double quotes");
        return null;
      }
      character();
    }
    String text = faults.isEmpty() ? cursor.textFrom(from) : "";
    cursor.step(1);
    Span span = cursor.since(open);
    return restOfLine() ? new Value(text, span) : null;
  }

  private @Nullable Value doubleQuoted() {
    Position open = cursor.here();
    cursor.step(1);
    StringBuilder text = new StringBuilder();
    Position otherVariable = null;
    int chunk = cursor.offset();
    while (cursor.peek() != '"') {
      int c = cursor.peek();
      if (c == Cursor.EOF) {
        return resume(open, otherVariable);
      }
      if (cursor.lineBreak() > 0) {
        // CR LF becomes LF, so that a file means the same wherever it was checked out.
        append(text, chunk).append('\n');
        cursor.stepLine();
        chunk = cursor.offset();
        if (otherVariable == null && startsVariable()) {
          otherVariable = cursor.here();
        }
      } else if (c == '\\') {
        append(text, chunk);
        escape(text);
        chunk = cursor.offset();
      } else if (c == '$' || c == '`') {
        expansion();
        cursor.step(1);
      } else {
        character();
      }
    }
    append(text, chunk);
    cursor.step(1);
    Span span = cursor.since(open);
    if (restOfLine()) {
      return new Value(text.toString(), span);
    }
    return otherVariable == null ? null : resume(open, otherVariable);
  }

  private StringBuilder append(StringBuilder text, int chunk) {
    return faults.isEmpty() ? text.append(cursor.textFrom(chunk)) : text;
  }

  /// Reports a double quote without its counterpart, and nothing that was taken for its text. The
  /// next line to be read is the first one that starts a variable.
  private @Nullable Value resume(Position open, @Nullable Position next) {
    faults.clear();
    unclosed(open, "\"", "close it; the value may go over several lines");
    if (next != null) {
      cursor.returnTo(next);
      resumed = true;
    }
    return null;
  }

  /// Whether `NAME=` or `export` stands at the cursor.
  private boolean startsVariable() {
    int at = 0;
    while (Cursor.isBlank(cursor.peek(at))) {
      at++;
    }
    int start = at;
    while (isName(cursor.peek(at), at - start)) {
      at++;
    }
    boolean export = at - start == 6 && cursor.peek(start) == 'e' && cursor.peek(start + 1) == 'x';
    return at > start && (cursor.peek(at) == '=' || (export && Cursor.isBlank(cursor.peek(at))));
  }

  private void escape(StringBuilder text) {
    int c = cursor.peek(1);
    switch (c) {
      case 'n' -> text.append('\n');
      case 'r' -> text.append('\r');
      case 't' -> text.append('\t');
      case '\\', '"', '$', '`' -> text.append((char) c);
      default -> {
        fault(
            DotEnvCodes.BAD_ESCAPE,
            cursor.character(),
            "unknown escape",
            "double quotes know \\n"
                + " \\r"
                + " \\t \\\\ \\\" \\$ \\`; single quotes take a backslash as it is");
        cursor.step(1);
        return;
      }
    }
    cursor.step(2);
  }

  /// Steps over one character in quotes, reporting it when it may not stand there.
  private void character() {
    int c = cursor.peek();
    Position place = cursor.here();
    if (c < 0) {
      if (!cursor.stepNonAscii()) {
        faults.add(notUtf8(subject(), place));
      }
      return;
    }
    if (Cursor.isControl(c)) {
      faults.add(control(subject(), cursor.character()));
    }
    cursor.step(1);
  }

  /// Steps over the comment at the cursor.
  void comment(List<DotEnvError> found) {
    boolean sound = true;
    while (!cursor.atLineEnd()) {
      Position start = cursor.here();
      int c = cursor.peek();
      if (c < 0) {
        if (!cursor.stepNonAscii()) {
          found.add(notUtf8("", start));
        }
      } else {
        if (sound && Cursor.isControl(c)) {
          sound = false;
          found.add(control("", cursor.character()));
        }
        cursor.step(1);
      }
    }
  }

  /// Whether nothing but a comment follows a closing quote; reported when not.
  private boolean restOfLine() {
    boolean apart = Cursor.isBlank(cursor.peek());
    cursor.skipBlanks();
    if (apart && cursor.peek() == '#') {
      comment(faults);
    }
    if (cursor.atLineEnd()) {
      return true;
    }
    fault(
        DotEnvCodes.AFTER_QUOTE,
        new Span(cursor.here(), cursor.here()),
        "something follows the closing quote",
        "put all of the value between one pair of quotes, and a space before a comment");
    return false;
  }

  private void unclosed(Position open, String quote, String hint) {
    Position after = new Position(open.line(), open.column() + 1, open.offset() + 1);
    fault(
        DotEnvCodes.UNCLOSED_QUOTE,
        new Span(open, after),
        "the value has no closing " + quote,
        hint);
  }

  private String subject() {
    return name + ": ";
  }

  private void fault(String code, Span span, String message, String hint) {
    faults.add(new DotEnvError(code, span, subject() + message, hint));
  }

  DotEnvError notUtf8(String subject, Position start) {
    return new DotEnvError(
        DotEnvCodes.ENCODING,
        cursor.since(start),
        subject + "the bytes are not UTF-8",
        "save the file as UTF-8");
  }

  DotEnvError control(String subject, Span span) {
    boolean lonely = cursor.peek() == '\r';
    return new DotEnvError(
        DotEnvCodes.CONTROL_CHARACTER,
        span,
        subject + (lonely ? "carriage return without line feed" : "control character"),
        lonely ? "end lines with LF or CR LF" : "remove it");
  }
}

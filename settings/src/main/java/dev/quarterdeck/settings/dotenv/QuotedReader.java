package dev.quarterdeck.settings.dotenv;

import dev.quarterdeck.settings.dotenv.ValueReader.Value;
import dev.quarterdeck.settings.toml.Position;
import dev.quarterdeck.settings.toml.Span;
import org.jspecify.annotations.Nullable;

/// Reads values in quotes, and what follows them on their line.
final class QuotedReader {
  private final Cursor cursor;
  private final LineFaults faults;
  private boolean resumed;

  QuotedReader(Cursor cursor, LineFaults faults) {
    this.cursor = cursor;
    this.faults = faults;
  }

  /// Whether the last value had no closing quote, and the cursor is at the start of the line where
  /// reading goes on.
  boolean resumed() {
    return resumed;
  }

  @Nullable Value single() {
    resumed = false;
    Position open = cursor.here();
    cursor.step(1);
    int from = cursor.offset();
    while (cursor.peek() != '\'') {
      if (cursor.atLineEnd()) {
        faults.unclosed(open, '\'');
        return null;
      }
      faults.step();
    }
    String text = faults.none() ? cursor.textFrom(from) : "";
    cursor.step(1);
    Span span = cursor.since(open);
    return restOfLine() ? new Value(text, span) : null;
  }

  @Nullable Value multiline() {
    resumed = false;
    Position open = cursor.here();
    cursor.step(1);
    StringBuilder text = new StringBuilder();
    Position otherVariable = null;
    int chunk = cursor.offset();
    while (cursor.peek() != '"') {
      int c = cursor.peek();
      if (c == Cursor.EOF) {
        return unclosed(open, otherVariable);
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
        faults.expansion();
        cursor.step(1);
      } else {
        faults.step();
      }
    }
    append(text, chunk);
    cursor.step(1);
    Span span = cursor.since(open);
    if (restOfLine()) {
      return new Value(text.toString(), span);
    }
    return otherVariable == null ? null : unclosed(open, otherVariable);
  }

  private StringBuilder append(StringBuilder text, int chunk) {
    return faults.none() ? text.append(cursor.textFrom(chunk)) : text;
  }

  /// Reports a double quote without its counterpart, and nothing that was taken for its text. The
  /// next line to be read is the first one that starts a variable.
  private @Nullable Value unclosed(Position open, @Nullable Position next) {
    faults.clear();
    faults.unclosed(open, '"');
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
    while (ValueReader.isName(cursor.peek(at), at - start)) {
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
        String known = "\\n \\r \\t \\\\ \\\" \\$ \\`";
        faults.add(
            DotEnvCodes.BAD_ESCAPE,
            cursor.character(),
            "unknown escape",
            "double quotes know " + known + "; single quotes take a backslash as it is");
        cursor.step(1);
        return;
      }
    }
    cursor.step(2);
  }

  /// Whether nothing but a comment follows a closing quote; reported when not.
  private boolean restOfLine() {
    boolean apart = Cursor.isBlank(cursor.peek());
    cursor.skipBlanks();
    if (apart && cursor.peek() == '#') {
      faults.comment();
    }
    if (cursor.atLineEnd()) {
      return true;
    }
    faults.add(
        DotEnvCodes.AFTER_QUOTE,
        new Span(cursor.here(), cursor.here()),
        "something follows the closing quote",
        "put all of the value between one pair of quotes, and a space before a comment");
    return false;
  }
}

package dev.quarterdeck.settings.dotenv;

import dev.quarterdeck.settings.toml.Position;
import dev.quarterdeck.settings.toml.Span;
import org.jspecify.annotations.Nullable;

/// Reads what stands behind the `=`.
final class ValueReader {
  /// A value, and where it stands with its quotes.
  record Value(String text, Span span) {}

  private final Cursor cursor;
  private final LineFaults faults;
  private final QuotedReader quoted;

  ValueReader(Cursor cursor, LineFaults faults) {
    this.cursor = cursor;
    this.faults = faults;
    this.quoted = new QuotedReader(cursor, faults);
  }

  /// Whether a byte may stand in a name, that many bytes after its start.
  static boolean isName(int c, int index) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || c == '_'
        || (index > 0 && c >= '0' && c <= '9');
  }

  /// Reads the value at the cursor and the rest of its line, and steps to the line where reading
  /// goes on; null when it is faulty, which is then reported.
  @Nullable Value read() {
    int c = cursor.peek();
    boolean inQuotes = c == '"' || c == '\'';
    Value value = c == '"' ? quoted.multiline() : inQuotes ? quoted.single() : bare();
    if (!inQuotes || !quoted.resumed()) {
      cursor.skipLine();
      cursor.stepLine();
    }
    return faults.none() ? value : null;
  }

  /// Reads a value without quotes, up to its first fault.
  private @Nullable Value bare() {
    Position start = cursor.here();
    int from = cursor.offset();
    while (!cursor.atLineEnd() && faults.none()) {
      int c = cursor.peek();
      if (Cursor.isBlank(c)) {
        Value value = new Value(cursor.textFrom(from), cursor.since(start));
        Span gap = cursor.character();
        cursor.skipBlanks();
        if (cursor.atLineEnd()) {
          return value;
        }
        if (cursor.peek() == '#') {
          faults.hash();
        } else {
          faults.needsQuotes(gap, "a space");
        }
        return null;
      }
      switch (c) {
        case '#' -> faults.hash();
        case '$', '`' -> faults.expansion();
        case '"', '\'' -> faults.needsQuotes(cursor.character(), "a quote");
        case '\\' -> faults.needsQuotes(cursor.character(), "a backslash");
        default -> faults.step();
      }
    }
    return faults.none() ? new Value(cursor.textFrom(from), cursor.since(start)) : null;
  }
}

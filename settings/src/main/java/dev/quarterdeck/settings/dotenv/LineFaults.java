package dev.quarterdeck.settings.dotenv;

import dev.quarterdeck.settings.toml.Position;
import dev.quarterdeck.settings.toml.Span;
import java.util.ArrayList;
import java.util.List;

/// The faults of one value, or of one line that gives none: at most one of each code, since one
/// remedy serves them all.
final class LineFaults {
  private static final int SHOWN = 80;

  private final Cursor cursor;
  private final List<DotEnvError> faults = new ArrayList<>();
  private String name = "";

  LineFaults(Cursor cursor) {
    this.cursor = cursor;
  }

  /// Starts a line; the name is empty where it is not known.
  void begin(String name) {
    faults.clear();
    this.name = name;
  }

  void clear() {
    faults.clear();
  }

  boolean none() {
    return faults.isEmpty();
  }

  List<DotEnvError> all() {
    return faults;
  }

  void add(String code, Span span, String message, String hint) {
    for (DotEnvError fault : faults) {
      if (fault.code().equals(code)) {
        return;
      }
    }
    boolean cut = name.length() > SHOWN;
    String subject = name.isEmpty() ? "" : (cut ? name.substring(0, SHOWN) + "…" : name) + ": ";
    faults.add(new DotEnvError(code, span, subject + message, hint));
  }

  void hash() {
    add(
        DotEnvCodes.NEEDS_QUOTES,
        cursor.character(),
        "# in a value without quotes",
        "put the value in quotes, or the comment on a line of its own");
  }

  void needsQuotes(Span span, String what) {
    add(
        DotEnvCodes.NEEDS_QUOTES,
        span,
        what + " in a value without quotes",
        "put the whole value in single quotes");
  }

  void expansion() {
    char c = (char) cursor.peek();
    add(
        DotEnvCodes.EXPANSION,
        cursor.character(),
        c + " outside single quotes, which a shell would expand and this reader does not",
        "put the value in single quotes, or write \\" + c + " in double quotes");
  }

  void unclosed(Position open, char quote) {
    Position after = new Position(open.line(), open.column() + 1, open.offset() + 1);
    add(
        DotEnvCodes.UNCLOSED_QUOTE,
        new Span(open, after),
        "the value has no closing " + quote,
        quote == '"'
            ? "close it; the value may go over several lines"
            : "close it on the same line; for several lines use double quotes");
  }

  /// Steps over the character at the cursor; reports it when it may stand nowhere in a file.
  void step() {
    int c = cursor.peek();
    Position start = cursor.here();
    if (c < 0) {
      if (!cursor.stepNonAscii()) {
        add(
            DotEnvCodes.ENCODING,
            cursor.since(start),
            "the bytes are not UTF-8",
            "save the file as UTF-8");
      }
      return;
    }
    if (Cursor.isControl(c)) {
      boolean lonely = c == '\r';
      add(
          DotEnvCodes.CONTROL_CHARACTER,
          cursor.character(),
          lonely ? "carriage return without line feed" : "control character",
          lonely ? "end lines with LF or CR LF" : "remove it");
    }
    cursor.step(1);
  }

  /// Steps over the comment at the cursor.
  void comment() {
    while (!cursor.atLineEnd()) {
      step();
    }
  }
}

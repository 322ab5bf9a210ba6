package dev.quarterdeck.settings.dotenv;

import dev.quarterdeck.settings.toml.Position;
import dev.quarterdeck.settings.toml.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads a file line by line. One fault gives one report, and costs its own line only.
final class DotEnvParser {
  private static final int MAX_ERRORS = 1000;

  private final Cursor cursor;
  private final LineFaults faults;
  private final ValueReader values;
  private final Map<String, DotEnvEntry> entries = new LinkedHashMap<>();
  private final List<DotEnvError> errors = new ArrayList<>();

  DotEnvParser(byte[] bytes) {
    this.cursor = new Cursor(bytes);
    this.faults = new LineFaults(cursor);
    this.values = new ValueReader(cursor, faults);
  }

  DotEnvResult read() {
    if (cursor.isWide()) {
      Span start = new Span(cursor.here(), cursor.here());
      faults.add(
          DotEnvCodes.ENCODING, start, "the file is UTF-16 or UTF-32", "save the file as UTF-8");
      return new DotEnvResult(List.of(), faults.all());
    }
    while (cursor.peek() != Cursor.EOF && errors.size() < MAX_ERRORS) {
      line();
    }
    if (errors.size() >= MAX_ERRORS) {
      Span end = new Span(cursor.here(), cursor.here());
      errors.add(
          new DotEnvError(
              DotEnvCodes.TOO_MANY_ERRORS,
              end,
              "more than " + MAX_ERRORS + " faults; the rest of the file was not read",
              "is this a .env file?"));
    }
    if (errors.size() > 1) {
      errors.sort(Comparator.comparingInt(e -> e.span().start().offset()));
    }
    return new DotEnvResult(new ArrayList<>(entries.values()), errors);
  }

  private void line() {
    faults.begin("");
    cursor.skipBlanks();
    if (cursor.peek() == '#') {
      faults.comment();
      cursor.stepLine();
    } else if (cursor.atLineEnd()) {
      cursor.stepLine();
    } else {
      assignment();
    }
    errors.addAll(faults.all());
  }

  private void endLine() {
    cursor.skipLine();
    cursor.stepLine();
  }

  private void assignment() {
    if (startsExport()) {
      cursor.step("export".length());
      cursor.skipBlanks();
    }
    Position start = cursor.here();
    int from = cursor.offset();
    int length = nameLength();
    cursor.step(length);
    if (length == 0 || cursor.peek() != '=') {
      noName(start, length);
      endLine();
      return;
    }
    String name = cursor.textFrom(from);
    Span nameSpan = cursor.since(start);
    faults.begin(name);
    cursor.step(1);
    if (Cursor.isBlank(cursor.peek())) {
      Span gap = cursor.character();
      cursor.skipBlanks();
      if (!cursor.atLineEnd()) {
        faults.add(
            DotEnvCodes.SPACE_AROUND_EQUALS,
            gap,
            "a space after '='",
            "write NAME=value without spaces, or put the value with its spaces in quotes");
        endLine();
        return;
      }
    }
    ValueReader.Value value = values.read();
    if (value == null) {
      return;
    }
    DotEnvEntry earlier =
        entries.putIfAbsent(name, new DotEnvEntry(name, value.text(), nameSpan, value.span()));
    if (earlier != null) {
      faults.add(
          DotEnvCodes.DUPLICATE,
          nameSpan,
          "given twice, first at " + earlier.nameSpan(),
          "remove one of the two");
    }
  }

  private boolean startsExport() {
    String word = "export";
    for (int i = 0; i < word.length(); i++) {
      if (cursor.peek(i) != word.charAt(i)) {
        return false;
      }
    }
    return Cursor.isBlank(cursor.peek(word.length()));
  }

  private int nameLength() {
    int length = 0;
    while (ValueReader.isName(cursor.peek(length), length)) {
      length++;
    }
    return length;
  }

  /// Reports a line that does not start with a name and `=`. What stands there is not shown: it may
  /// be the second line of a value.
  private void noName(Position start, int length) {
    int c = cursor.peek();
    if (!cursor.atLineEnd() && (c < 0 || Cursor.isControl(c))) {
      faults.step();
      if (!faults.none()) {
        return;
      }
    }
    boolean blank = length > 0 && Cursor.isBlank(c);
    if (blank) {
      cursor.skipBlanks();
    }
    if (blank && cursor.peek() == '=') {
      faults.add(
          DotEnvCodes.SPACE_AROUND_EQUALS,
          new Span(start, cursor.here()),
          "a space before '='",
          "write NAME=value without spaces");
      return;
    }
    boolean equals = false;
    while (!cursor.atLineEnd() && !equals) {
      equals = cursor.peek() == '=';
      if (cursor.peek() < 0) {
        cursor.stepNonAscii();
      } else {
        cursor.step(1);
      }
    }
    if (equals && !blank && c != ':') {
      faults.add(
          DotEnvCodes.BAD_NAME,
          new Span(start, cursor.here()),
          "what stands before '=' is not a name",
          "use letters, digits and _ only, no digit first");
    } else {
      faults.add(
          DotEnvCodes.SYNTAX,
          new Span(start, start),
          "the line is neither NAME=value nor a comment",
          c == ':' ? "write = instead of :" : "write NAME=value, or # before a comment");
    }
  }
}

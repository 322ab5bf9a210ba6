package dev.quarterdeck.settings;

import dev.quarterdeck.settings.schema.Key;
import dev.quarterdeck.settings.schema.Schema;
import dev.quarterdeck.settings.toml.Span;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A file that settings were read from. Quotes its lines without what may be secret. Used by one
/// thread.
final class SourceFile {
  /// So many names that no setting has are looked at; more would take long and help nobody.
  static final int MOST_STRANGERS = 1000;

  private static final int LONGEST = 160;
  private static final String HIDDEN = "<hidden>";

  /// What is known of a part of the file that a message is about.
  enum About {
    /// It is a value that is not secret.
    PLAIN_VALUE,
    /// It is a key, or the value of one that stands before it.
    KEY,
    /// It may be anything, so what is on its line is shown only when that is one plain setting.
    ANYTHING
  }

  private final String name;
  private final byte[] bytes;
  private final Schema schema;
  private int @Nullable [] lineStarts;
  private int @Nullable [] headers;
  private int strangers;

  SourceFile(String name, byte[] bytes, Schema schema) {
    this.name = name;
    this.bytes = bytes;
    this.schema = schema;
  }

  byte[] bytes() {
    return bytes;
  }

  /// Counts a name that no setting has, and answers how many there are now.
  int countStranger() {
    return ++strangers;
  }

  Place.InFile place(Span span) {
    return new Place.InFile(name, span.start().line(), span.start().column());
  }

  /// The first line of the span.
  ///
  /// @param about what is known of the span
  Excerpt excerpt(Span span, About about) {
    int number = span.start().line();
    String line = withoutComment(line(number));
    int visible = visible(number, line, about);
    String text = visible < line.length() ? line.substring(0, visible) + HIDDEN : line;
    int start =
        Math.min(
            line.offsetByCodePoints(
                0, Math.min(span.start().column() - 1, line.codePointCount(0, line.length()))),
            visible);
    int width = text.length() - start;
    if (span.end().line() == number) {
      width = Math.min(width, span.end().column() - span.start().column());
    }
    String redacted = Redaction.urls(text);
    if (!redacted.equals(text)) {
      width = Math.min(width, redacted.length() - start);
    }
    int from = Math.max(0, start - LONGEST / 2);
    int to = Math.min(redacted.length(), from + LONGEST);
    return new Excerpt(
        number,
        printable(redacted.substring(Math.min(from, to), to)),
        Math.max(0, Math.min(start, to) - from),
        Math.max(1, Math.min(width, to - start)));
  }

  /// The text without what would move a terminal's cursor or turn its direction.
  private static String printable(String text) {
    StringBuilder shown = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Redaction.isControl(c)) {
        shown = shown == null ? new StringBuilder(text) : shown;
        shown.setCharAt(i, c == '\t' ? ' ' : '\ufffd');
      }
    }
    return shown == null ? text : shown.toString();
  }

  /// How many characters of a line may be shown: all of it when it gives one setting that is not
  /// secret, else the part before the value.
  private int visible(int number, String line, About about) {
    boolean plain = about == About.PLAIN_VALUE;
    String stripped = line.strip();
    int equals = line.indexOf('=');
    if (stripped.startsWith("[") && equals < 0) {
      return plain || (stripped.endsWith("]") && !stripped.contains("\"")) ? line.length() : 0;
    }
    if (equals < 0) {
      return plain ? line.length() : 0;
    }
    int comment = line.indexOf('#');
    if (comment >= 0 && comment < equals) {
      return comment;
    }
    Key key = keyOf(number, line.substring(0, equals).strip());
    if (key == null && about == About.ANYTHING) {
      return 0;
    }
    boolean one = line.indexOf('=', equals + 1) < 0;
    return key != null && !key.holdsSecrets() && (one || (plain && line.indexOf('{') < 0))
        ? line.length()
        : equals + 1 + (line.startsWith(" ", equals + 1) ? 1 : 0);
  }

  /// Comments are not shown: what was taken out of service may be a secret.
  private static String withoutComment(String line) {
    int comment = line.indexOf(" #");
    while (comment > 0 && line.indexOf('"', comment) >= 0) {
      comment = line.indexOf(" #", comment + 1);
    }
    return comment > 0 ? line.substring(0, comment) : line;
  }

  private @Nullable Key keyOf(int number, String written) {
    String text = written.startsWith("export ") ? written.substring(7).strip() : written;
    Key flat = schema.byVariable(text);
    if (flat != null) {
      return flat;
    }
    int above = headerAbove(number);
    if (above == 0) {
      return schema.declared(text);
    }
    String header = line(above).strip();
    int start = header.startsWith("[[") ? 2 : 1;
    return schema.declared(header.substring(start, header.indexOf(']')).strip() + "." + text);
  }

  /// The last line above that is a table's header, 0 for none.
  private int headerAbove(int number) {
    int[] known = headers;
    if (known == null) {
      int lines = lineStarts().length;
      known = new int[lines + 1];
      for (int i = 1; i <= lines; i++) {
        known[i] = isHeader(i) && line(i).indexOf(']') > 0 ? i : known[i - 1];
      }
      headers = known;
    }
    return known[Math.min(number, known.length) - 1];
  }

  private boolean isHeader(int number) {
    int[] starts = lineStarts();
    int i = starts[number - 1];
    while (i < bytes.length && (bytes[i] == ' ' || bytes[i] == '\t')) {
      i++;
    }
    return i < bytes.length && bytes[i] == '[';
  }

  private String line(int number) {
    int[] starts = lineStarts();
    if (number > starts.length) {
      return "";
    }
    int start = starts[number - 1];
    int end = number < starts.length ? starts[number] : bytes.length;
    while (end > start && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r')) {
      end--;
    }
    return new String(bytes, start, end - start, StandardCharsets.UTF_8);
  }

  private int[] lineStarts() {
    int[] known = lineStarts;
    if (known != null) {
      return known;
    }
    int[] starts = new int[64];
    int count = 1;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        if (count == starts.length) {
          starts = Arrays.copyOf(starts, count * 2);
        }
        starts[count++] = i + 1;
      }
    }
    int[] exact = Arrays.copyOf(starts, count);
    lineStarts = exact;
    return exact;
  }

  @Override
  public String toString() {
    return name;
  }
}

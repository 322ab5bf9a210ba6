package dev.quarterdeck.settings.toml;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads the four kinds of strings.
final class StringScanner {
  private final Source source;
  private final byte[] bytes;
  private @Nullable Escapes escapes;

  /// Whether the last string read had no closing quote.
  private boolean unclosed;

  StringScanner(Source source) {
    this.source = source;
    this.bytes = source.bytes;
  }

  boolean unclosed() {
    return unclosed;
  }

  /// Whether three quotes stand at the cursor.
  boolean opensMultiline() {
    int quote = source.peek();
    return source.peek(1) == quote && source.peek(2) == quote;
  }

  /// Reads the string at the cursor; null when it is faulty, which is then reported. The cursor is
  /// behind the closing quote, or at the end of the line where that is missing.
  @Nullable TomlString value() {
    Position start = source.here();
    String text = text();
    return text == null ? null : new TomlString(text, source.since(start));
  }

  @Nullable String text() {
    unclosed = false;
    byte quote = bytes[source.pos];
    int from = source.pos + 1;
    int p = from;
    while (p < source.end) {
      byte b = bytes[p];
      if (b == quote) {
        if (p == from && opensMultiline()) {
          return multiline(quote);
        }
        source.pos = p + 1;
        return ascii(from, p);
      }
      if ((b < 0x20 && b != '\t') || b == 0x7F || b == '\\') {
        break;
      }
      p++;
    }
    Position open = source.here();
    source.pos++;
    return scan(quote, false, open);
  }

  @SuppressWarnings(
      "deprecation") // of all ways to make a string of ASCII the only one without a check
  private String ascii(int from, int to) {
    return new String(bytes, 0, from, to - from);
  }

  private @Nullable String multiline(byte quote) {
    Position open = source.here();
    source.pos += 3;
    int length = source.lineBreak();
    if (length > 0) {
      source.stepLine(length);
    }
    return scan(quote, true, open);
  }

  private @Nullable String scan(byte quote, boolean multi, Position open) {
    Chunks chunks = new Chunks(source.pos);
    boolean sound = true;
    while (true) {
      int p = source.pos;
      while (p < source.end && isPlain(bytes[p], quote)) {
        p++;
      }
      source.pos = p;
      int c = source.peek();
      if (c == quote) {
        int run = multi ? quotes(quote) : 3;
        if (run < 3) {
          source.pos += run;
          continue;
        }
        source.pos += Math.min(run, 5) - 3;
        String text = chunks.finish();
        source.pos += multi ? 3 : 1;
        return sound ? text : null;
      }
      int lineBreak = source.lineBreak();
      if (c == Source.EOF || (lineBreak > 0 && !multi)) {
        return unclosed(open, multi, quote);
      }
      if (c == '\\') {
        if (quote == '\'') {
          source.pos++;
        } else {
          chunks.flush();
          sound &= escapes().read(chunks.text, multi);
          chunks.from = source.pos;
        }
      } else if (lineBreak > 0) {
        // CR LF becomes LF, so that a file means the same wherever it was checked out.
        chunks.flush();
        chunks.text.append('\n');
        source.stepLine(lineBreak);
        chunks.from = source.pos;
      } else if (c < 0) {
        sound &= source.readNonAscii();
      } else {
        if (sound) {
          source.control("a string");
        }
        sound = false;
        source.pos++;
      }
    }
  }

  private static boolean isPlain(byte b, byte quote) {
    return (b >= 0x20 && b != quote && b != '\\' && b != 0x7F) || b == '\t';
  }

  private int quotes(byte quote) {
    int run = 0;
    while (run < 6 && source.peek(run) == quote) {
      run++;
    }
    return run;
  }

  private @Nullable String unclosed(Position open, boolean multi, byte quote) {
    unclosed = true;
    String close = Character.toString(quote).repeat(multi ? 3 : 1);
    source.error(
        TomlCodes.UNCLOSED_STRING,
        new Span(
            open,
            new Position(
                open.line(), open.column() + close.length(), open.offset() + close.length())),
        "the string has no closing " + close,
        multi
            ? "close it with " + close
            : "close it on the same line, or use three quotes for several lines");
    return null;
  }

  /// The text so far, and the start of the bytes not yet copied to it.
  private final class Chunks {
    final StringBuilder text = new StringBuilder();
    int from;

    Chunks(int from) {
      this.from = from;
    }

    void flush() {
      if (from < source.pos) {
        text.append(new String(bytes, from, source.pos - from, StandardCharsets.UTF_8));
      }
      from = source.pos;
    }

    String finish() {
      if (text.isEmpty()) {
        return new String(bytes, from, source.pos - from, StandardCharsets.UTF_8);
      }
      flush();
      return text.toString();
    }
  }

  private Escapes escapes() {
    Escapes known = escapes;
    if (known == null) {
      known = new Escapes(source);
      escapes = known;
    }
    return known;
  }
}

package dev.quarterdeck.settings.toml;

import org.jspecify.annotations.Nullable;

/// Reads a document, statement by statement.
final class DocumentParser {
  private final Source source;
  private final StringScanner strings;
  private final KeyScanner keys;
  private final TableBuilder builder;
  private final ValueParser values;
  private TomlTable table;

  DocumentParser(Source source) {
    this.source = source;
    this.strings = new StringScanner(source);
    this.keys = new KeyScanner(source, strings);
    this.builder = new TableBuilder(source);
    this.values = new ValueParser(source, strings, keys, builder);
    this.table = builder.root();
  }

  TomlResult read() {
    Position start = source.here();
    if (isWide()) {
      source.error(
          TomlCodes.ENCODING,
          new Span(start, start),
          "the file is UTF-16 or UTF-32",
          "save the file as UTF-8");
    } else {
      while (source.pos < source.end && !source.faults.tooMany()) {
        statement();
      }
    }
    builder.root().define(TomlTable.Form.ROOT, source.since(start));
    return new TomlResult(builder.root(), source.faults.inOrder(source.here()));
  }

  /// Whether the file starts as only wider encodings do.
  private boolean isWide() {
    if (source.end < 2) {
      return false;
    }
    int first = source.bytes[0] & 0xFF;
    int second = source.bytes[1] & 0xFF;
    return (first == 0xFE && second == 0xFF)
        || (first == 0xFF && second == 0xFE)
        || (first == 0) != (second == 0);
  }

  private void statement() {
    source.skipBlanks();
    int c = source.peek();
    if (c == '[') {
      header();
    } else if (c == '#' || c == '\n' || c == '\r' || c == Source.EOF) {
      if (!source.endOfLine()) {
        source.control("the document");
        values.recovery().skipStatement();
      }
    } else {
      keyValue();
    }
    source.faults.key = null;
  }

  private void keyValue() {
    int quote = source.peek();
    KeyPart key = keys.read();
    if (key == null) {
      skipRestOfString(quote);
      values.recovery().skipStatement();
      return;
    }
    if (source.peek() != '=') {
      noEquals();
      boolean atEnd = source.lineBreak() > 0;
      values.recovery().skipStatement();
      if (atEnd) {
        values.recovery().skipContinuation("=");
      }
      return;
    }
    source.pos++;
    source.skipBlanks();
    source.faults.key = key;
    int start = source.pos;
    int levels = table.depth + key.following();
    TomlNode value = builder.fits(levels, key.span) ? value(levels) : null;
    if (value == null) {
      boolean missing = source.pos == start && source.lineBreak() > 0;
      if (!values.endedAtStatement()) {
        values.recovery().skipStatement();
      }
      if (missing) {
        values.recovery().skipContinuation("\"'[{+-0123456789");
      }
      return;
    }
    builder.put(table, key, value, false);
    if (!source.endOfLine()) {
      source.unexpected(
          TomlCodes.SYNTAX,
          "something follows the value on its line",
          "start a new line, or put the text in quotes");
      values.recovery().skipStatement();
    }
  }

  private @Nullable TomlNode value(int levels) {
    int quote = source.peek();
    TomlNode value = values.statementValue(levels);
    if (value == null) {
      skipRestOfString(quote);
    }
    return value;
  }

  /// After a fault of what started with a quote: when that quote was never closed, steps over the
  /// lines that read as the rest of its text.
  private void skipRestOfString(int quote) {
    if ((quote == '"' || quote == '\'') && strings.unclosed()) {
      values.recovery().skipRestOfString((byte) quote);
    }
  }

  private void noEquals() {
    int c = source.peek();
    boolean odd = c != Source.EOF && (c < 0 || "!$%&()*+/:;<>?@\\^`|~".indexOf(c) >= 0);
    source.unexpected(
        TomlCodes.SYNTAX,
        "a key without '='",
        c == ':'
            ? "write = instead of :"
            : odd
                ? "keys with other characters than A-Z a-z 0-9 _ - need quotes"
                : "write key = value");
  }

  private void header() {
    Position start = source.here();
    source.faults.header = null;
    source.pos++;
    boolean array = source.peek() == '[';
    source.pos += array ? 1 : 0;
    source.skipBlanks();
    int quote = source.peek();
    KeyPart key = keys.read();
    if (key == null) {
      table = builder.detached(source.since(start));
      skipRestOfString(quote);
      skipHeader();
      return;
    }
    boolean closed = source.peek() == ']' && (!array || source.peek(1) == ']');
    source.faults.key = key;
    if (closed) {
      source.pos += array ? 2 : 1;
    } else {
      source.unexpected(
          TomlCodes.UNCLOSED_BRACKET,
          "the header has no closing " + (array ? "]]" : "]"),
          "close it with " + (array ? "]]" : "]"));
    }
    table = builder.header(key, array, source.since(start));
    source.faults.key = null;
    source.faults.header = key;
    if (!closed) {
      skipHeader();
    } else if (!source.endOfLine()) {
      source.unexpected(
          TomlCodes.SYNTAX, "something follows the header on its line", "start a new line");
      values.recovery().skipStatement();
    }
  }

  private void skipHeader() {
    boolean atEnd = source.lineBreak() > 0;
    values.recovery().skipStatement();
    if (atEnd) {
      values.recovery().skipContinuation("].");
    }
  }
}

package dev.quarterdeck.settings.toml;

import dev.quarterdeck.settings.toml.TomlTable.Form;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// Reads values, with the arrays and inline tables around them.
final class ValueParser {
  private final Source source;
  private final StringScanner strings;
  private final NumberScanner numbers;
  private final KeyScanner keys;
  private final TableBuilder builder;
  private final Recovery recovery;
  private final Lookahead lookahead;

  /// Open brackets and braces.
  private int squares;

  private int braces;

  /// Whether an unclosed bracket ended the statement; the brackets around it are then not reported.
  private boolean aborted;

  /// Whether it was the start of another statement that ended it.
  private boolean atStatement;

  ValueParser(
      Source source,
      StringScanner strings,
      KeyScanner keys,
      TableBuilder builder,
      Recovery recovery,
      Lookahead lookahead) {
    this.source = source;
    this.strings = strings;
    this.numbers = new NumberScanner(source);
    this.keys = keys;
    this.builder = builder;
    this.recovery = recovery;
    this.lookahead = lookahead;
  }

  /// Reads the value of a statement; null when it is faulty, which is then reported.
  ///
  /// @param depth levels of the table that it goes into
  @Nullable TomlNode statementValue(int depth) {
    squares = 0;
    braces = 0;
    aborted = false;
    atStatement = false;
    return value(depth);
  }

  /// Whether the value ended, faulty, at the start of another statement.
  boolean endedAtStatement() {
    return aborted && atStatement;
  }

  private @Nullable TomlNode value(int depth) {
    return switch (source.peek()) {
      case '"', '\'' -> strings.value();
      case '[' -> array(depth + 1);
      case '{' -> inlineTable(depth + 1);
      case Source.EOF -> missing();
      default -> numbers.value();
    };
  }

  private @Nullable TomlNode missing() {
    source.unexpected(
        TomlCodes.BAD_VALUE, "the value is missing", "write a value, or remove the key");
    return null;
  }

  private @Nullable TomlNode array(int depth) {
    Position start = source.here();
    if (!builder.fits(depth, source.upTo(source.pos + 1))) {
      return null;
    }
    source.pos++;
    squares++;
    ArrayList<TomlNode> elements = new ArrayList<>();
    boolean sound = true;
    boolean separated = true;
    while (true) {
      boolean newLine = skipBlankLines();
      int c = source.peek();
      if (c == ']') {
        source.pos++;
        break;
      }
      boolean ended = newLine && (separated ? startsOther(c) : lookahead.startsStatement());
      if (c == Source.EOF || c == '}' || ended) {
        return unclosed(start, "[", "]", sound);
      }
      if (c == ',') {
        if (separated) {
          source.unexpected(TomlCodes.SYNTAX, "an element is missing", "remove one of the commas");
          sound = false;
        }
        source.pos++;
        separated = true;
        continue;
      }
      if (!separated) {
        source.unexpected(TomlCodes.SYNTAX, "elements need a comma between them", "write , or ]");
        sound = false;
        if (!newLine || !startsValue(c)) {
          recovery.skipElement();
          separated = source.lineBreak() > 0;
          continue;
        }
      }
      TomlNode element = value(depth);
      separated = false;
      if (element != null) {
        elements.add(element);
      } else if (aborted) {
        return null;
      } else {
        sound = false;
        recovery.skipElement();
        separated = source.lineBreak() > 0;
        if (source.peek() == ',') {
          source.pos++;
          separated = true;
        }
      }
    }
    squares--;
    elements.trimToSize();
    return sound ? new TomlArray(elements, false, source.since(start)) : null;
  }

  private @Nullable TomlNode inlineTable(int depth) {
    Position start = source.here();
    if (!builder.fits(depth, source.upTo(source.pos + 1))) {
      return null;
    }
    source.pos++;
    braces++;
    TomlTable table = new TomlTable(Form.INLINE, Span.NONE, depth);
    boolean oldStyle = source.version == TomlVersion.V1_0;
    boolean sound = true;
    boolean separated = true;
    Position comma = null;
    while (true) {
      Position before = source.here();
      boolean newLine = skipBlankLines();
      if (newLine && oldStyle && source.peek() != Source.EOF) {
        oldStyle = false;
        source.error(
            TomlCodes.SYNTAX,
            new Span(before, before),
            "a line break in braces, which TOML 1.0 does not have",
            "put the table on one line, or use a [header]");
      }
      int c = source.peek();
      if (c == '}') {
        if (comma != null && oldStyle) {
          source.error(
              TomlCodes.SYNTAX,
              new Span(comma, source.here()),
              "a comma before }, which TOML 1.0 does not have",
              "remove the comma");
        }
        source.pos++;
        break;
      }
      boolean ended =
          newLine
              && (lookahead.startsHeader()
                  || (!separated
                      && c != ','
                      && lookahead.startsStatement()
                      && !lookahead.closesBrace()));
      if (c == Source.EOF || c == ']' || ended) {
        return unclosed(start, "{", "}", sound);
      }
      if (c == ',') {
        if (separated) {
          source.unexpected(TomlCodes.SYNTAX, "a key is missing", "remove one of the commas");
          sound = false;
        }
        comma = source.here();
        source.pos++;
        separated = true;
        continue;
      }
      if (!separated) {
        source.unexpected(
            TomlCodes.SYNTAX, "keys in braces need a comma between them", "write , or }");
        sound = false;
        if (!newLine) {
          recovery.skipElement();
          separated = source.lineBreak() > 0;
          continue;
        }
      }
      comma = null;
      separated = false;
      if (!pair(table, depth)) {
        if (aborted) {
          return null;
        }
        sound = false;
        recovery.skipElement();
        separated = source.lineBreak() > 0;
      }
    }
    braces--;
    table.define(Form.INLINE, source.since(start));
    return table;
  }

  /// Reads one key with its value into a table in braces; false when it is faulty.
  private boolean pair(TomlTable table, int depth) {
    KeyPart key = keys.read();
    if (key == null) {
      return false;
    }
    if (source.peek() != '=') {
      source.unexpected(TomlCodes.SYNTAX, "a key in braces without '='", "write key = value");
      return false;
    }
    source.pos++;
    source.skipBlanks();
    int levels = depth + key.following();
    if (!builder.fits(levels, key.span)) {
      return false;
    }
    TomlNode value = value(levels);
    if (value == null) {
      return false;
    }
    builder.put(table, key, value, true);
    return true;
  }

  /// Steps over blanks, comments and line breaks; whether a line break was among them.
  private boolean skipBlankLines() {
    boolean newLine = false;
    while (true) {
      source.skipBlanks();
      if (source.peek() == '#') {
        source.comment();
      }
      int length = source.lineBreak();
      if (length == 0) {
        return newLine;
      }
      source.stepLine(length);
      newLine = true;
    }
  }

  private static boolean startsValue(int c) {
    return c == '"' || c == '\'' || c == '[' || c == '{' || (c >= '0' && c <= '9');
  }

  /// Whether the line at the cursor is a statement rather than an element.
  private boolean startsOther(int c) {
    return c == '['
        ? lookahead.startsHeader()
        : c == '=' || (TomlText.isBare(c) && lookahead.startsStatement());
  }

  private @Nullable TomlNode unclosed(Position start, String open, String close, boolean report) {
    int c = source.peek();
    Position after = new Position(start.line(), start.column() + 1, start.offset() + 1);
    boolean mistaken = c == ']' || c == '}';
    if (report) {
      source.error(
          TomlCodes.UNCLOSED_BRACKET,
          new Span(start, after),
          "the " + open + " has no closing " + close,
          mistaken
              ? "close it with " + close + " instead of " + (char) c
              : "close it with " + close);
    }
    if (mistaken && (c == ']' ? squares : braces) == 0) {
      source.pos++;
      aborted = true;
    } else if (!mistaken) {
      aborted = true;
      atStatement = true;
    }
    if (open.equals("[")) {
      squares--;
    } else {
      braces--;
    }
    return null;
  }
}

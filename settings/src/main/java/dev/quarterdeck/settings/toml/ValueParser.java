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
  private final Lookahead lookahead;
  private final Brackets brackets;
  private @Nullable Recovery recovery;

  ValueParser(Source source, StringScanner strings, KeyScanner keys, TableBuilder builder) {
    this.source = source;
    this.strings = strings;
    this.numbers = new NumberScanner(source);
    this.keys = keys;
    this.builder = builder;
    this.lookahead = new Lookahead(source);
    this.brackets = new Brackets(source);
  }

  /// How to go on after a fault. Made for the first one.
  Recovery recovery() {
    Recovery known = recovery;
    if (known == null) {
      known = new Recovery(source, lookahead);
      recovery = known;
    }
    return known;
  }

  /// Reads the value of a statement; null when it is faulty, which is then reported.
  ///
  /// @param depth levels of the table that it goes into
  @Nullable TomlNode statementValue(int depth) {
    brackets.begin();
    return value(depth);
  }

  /// Whether the value ended, faulty, at the start of another statement.
  boolean endedAtStatement() {
    return brackets.atStatement();
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
    brackets.open('[');
    ArrayList<TomlNode> elements = new ArrayList<>();
    boolean sound = true;
    boolean separated = true;
    while (true) {
      boolean newLine = source.skipBlankLines();
      int c = source.peek();
      if (c == ']') {
        source.pos++;
        break;
      }
      boolean ended = newLine && (separated ? startsOther(c) : lookahead.startsStatement());
      if (c == Source.EOF || c == '}' || ended) {
        brackets.unclosed('[', start, sound);
        return null;
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
          recovery().skipElement();
          separated = source.lineBreak() > 0;
          continue;
        }
      }
      TomlNode element = value(depth);
      separated = false;
      if (element != null) {
        elements.add(element);
      } else if (brackets.aborted()) {
        return null;
      } else {
        sound = false;
        recovery().skipElement();
        separated = source.lineBreak() > 0;
        if (source.peek() == ',') {
          source.pos++;
          separated = true;
        }
      }
    }
    brackets.close('[');
    elements.trimToSize();
    return sound ? new TomlArray(elements, false, source.since(start)) : null;
  }

  private @Nullable TomlNode inlineTable(int depth) {
    Position start = source.here();
    if (!builder.fits(depth, source.upTo(source.pos + 1))) {
      return null;
    }
    source.pos++;
    brackets.open('{');
    TomlTable table = new TomlTable(Form.INLINE, Span.NONE, depth);
    boolean oldStyle = source.version == TomlVersion.V1_0;
    boolean sound = true;
    boolean separated = true;
    Position comma = null;
    while (true) {
      Position before = source.here();
      boolean newLine = source.skipBlankLines();
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
        brackets.unclosed('{', start, sound);
        return null;
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
          recovery().skipElement();
          separated = source.lineBreak() > 0;
          continue;
        }
      }
      comma = null;
      separated = false;
      if (!pair(table, depth)) {
        if (brackets.aborted()) {
          return null;
        }
        sound = false;
        recovery().skipElement();
        separated = source.lineBreak() > 0;
      }
    }
    brackets.close('{');
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

  private static boolean startsValue(int c) {
    return c == '"' || c == '\'' || c == '[' || c == '{' || (c >= '0' && c <= '9');
  }

  /// Whether the line at the cursor is a statement rather than an element.
  private boolean startsOther(int c) {
    return c == '['
        ? lookahead.startsHeader()
        : c == '=' || (TomlText.isBare(c) && lookahead.startsStatement());
  }
}

package dev.quarterdeck.settings.toml;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads keys: bare, quoted and dotted.
final class KeyScanner {
  private final Source source;
  private final StringScanner strings;

  KeyScanner(Source source, StringScanner strings) {
    this.source = source;
    this.strings = strings;
  }

  /// Reads the key at the cursor and the blanks behind it; null when it is faulty, which is then
  /// reported.
  @Nullable KeyPart read() {
    Position start = source.here();
    KeyPart first = part();
    KeyPart last = first;
    int parts = 1;
    source.skipBlanks();
    while (last != null && source.peek() == '.') {
      source.pos++;
      source.skipBlanks();
      KeyPart next = part();
      source.skipBlanks();
      if (next == null) {
        return null;
      }
      if (++parts <= Toml.MAX_DEPTH) {
        last.next = next;
        last = next;
      }
    }
    if (parts > Toml.MAX_DEPTH) {
      source.error(
          TomlCodes.DEPTH,
          source.since(start),
          "a key of more than " + Toml.MAX_DEPTH + " parts",
          "use fewer levels");
      return null;
    }
    return first;
  }

  private @Nullable KeyPart part() {
    byte[] bytes = source.bytes;
    int from = source.pos;
    int p = from;
    while (p < source.end && TomlText.isBare(bytes[p])) {
      p++;
    }
    if (p > from) {
      String name = new String(bytes, from, p - from, StandardCharsets.ISO_8859_1);
      Span span = source.upTo(p);
      source.pos = p;
      return new KeyPart(name, span);
    }
    int c = source.peek();
    if (c == '"' || c == '\'') {
      return quoted();
    }
    source.unexpected(
        TomlCodes.BAD_KEY,
        "a key is missing",
        c < 0 && c != Source.EOF
            ? "remove the character, or put the key in quotes"
            : "write a name before '='");
    return null;
  }

  private @Nullable KeyPart quoted() {
    Position start = source.here();
    boolean multiline = strings.opensMultiline();
    if (multiline) {
      source.error(
          TomlCodes.BAD_KEY,
          source.upTo(source.pos + 3),
          "a key in three quotes",
          "put keys in single or double quotes");
      return null;
    }
    String name = strings.text();
    return name == null ? null : new KeyPart(name, source.since(start));
  }
}

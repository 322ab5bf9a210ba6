package dev.quarterdeck.settings.toml;

/// Reads the escapes of strings in double quotes.
final class Escapes {
  private final Source source;

  Escapes(Source source) {
    this.source = source;
  }

  /// Reads the escape at the cursor; false when it is faulty.
  boolean read(StringBuilder text, boolean multi) {
    int c = source.peek(1);
    int plain =
        switch (c) {
          case 'b' -> '\b';
          case 't' -> '\t';
          case 'n' -> '\n';
          case 'f' -> '\f';
          case 'r' -> '\r';
          case '"' -> '"';
          case '\\' -> '\\';
          case 'e' -> source.version == TomlVersion.V1_0 ? -1 : 0x1B;
          default -> -1;
        };
    if (plain >= 0) {
      text.append((char) plain);
      source.pos += 2;
      return true;
    }
    return switch (c) {
      case 'u' -> hex(text, 4);
      case 'U' -> hex(text, 8);
      case 'x' -> source.version == TomlVersion.V1_0 ? badEscape(2) : hex(text, 2);
      default -> endsLine(multi) ? multi : badEscape(c > 0x20 && c != 0x7F ? 2 : 1);
    };
  }

  private boolean hex(StringBuilder text, int digits) {
    int point = 0;
    for (int i = 0; i < digits; i++) {
      int c = source.peek(2 + i);
      int digit = c >= 0 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        return badEscape(2 + i);
      }
      point = (point << 4) | digit;
    }
    if (point < 0 || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) {
      return badEscape(2 + digits);
    }
    text.appendCodePoint(point);
    source.pos += 2 + digits;
    return true;
  }

  /// Whether the backslash at the cursor is the last of its line; steps over it then, and, where it
  /// may stand there, over all white space behind it.
  private boolean endsLine(boolean multi) {
    int ahead = 1;
    while (source.peek(ahead) == ' ' || source.peek(ahead) == '\t') {
      ahead++;
    }
    int c = source.peek(ahead);
    if (c != Source.EOF && c != '\n' && !(c == '\r' && source.peek(ahead + 1) == '\n')) {
      return false;
    }
    source.pos += ahead;
    for (int length = source.lineBreak(); multi && length > 0; length = source.lineBreak()) {
      source.stepLine(length);
      source.skipBlanks();
    }
    return true;
  }

  private boolean badEscape(int length) {
    int c = source.peek(1);
    boolean later = source.version == TomlVersion.V1_0 && (c == 'e' || c == 'x');
    source.error(
        TomlCodes.BAD_ESCAPE,
        source.upTo(source.pos + length),
        later
            ? "this escape is new in TOML 1.1"
            : c == 'x' || c == 'u' || c == 'U'
                ? "the escape names no Unicode character"
                : "unknown escape",
        c == 'x' || c == 'u' || c == 'U'
            ? "write \\xHH, \\uHHHH or \\UHHHHHHHH with hexadecimal digits, and no surrogates"
            : "write \\\\ for a backslash, or use single quotes, which have no escapes");
    source.pos += length;
    return false;
  }
}

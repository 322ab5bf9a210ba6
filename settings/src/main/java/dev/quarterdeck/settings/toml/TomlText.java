package dev.quarterdeck.settings.toml;

/// How TOML spells keys and strings.
final class TomlText {
  private static final String HEX = "0123456789ABCDEF";

  private TomlText() {}

  /// Whether a byte or character may stand in a key without quotes.
  static boolean isBare(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-';
  }

  /// Appends a key, in quotes where it needs them.
  static void key(StringBuilder out, String key) {
    boolean bare = !key.isEmpty();
    for (int i = 0; bare && i < key.length(); i++) {
      bare = isBare(key.charAt(i));
    }
    if (bare) {
      out.append(key);
    } else {
      string(out, key);
    }
  }

  /// Appends a basic string with its quotes. Half a surrogate pair becomes U+FFFD.
  static void string(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> {
          boolean paired =
              Character.isHighSurrogate(c)
                  && i + 1 < text.length()
                  && Character.isLowSurrogate(text.charAt(i + 1));
          if (paired) {
            out.append(c).append(text.charAt(++i));
          } else if (Character.isSurrogate(c)) {
            out.append('\uFFFD');
          } else if (c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0x2028 || c == 0x2029) {
            out.append("\\u");
            for (int shift = 12; shift >= 0; shift -= 4) {
              out.append(HEX.charAt((c >> shift) & 0xF));
            }
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}

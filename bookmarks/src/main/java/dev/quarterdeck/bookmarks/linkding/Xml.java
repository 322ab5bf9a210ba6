package dev.quarterdeck.bookmarks.linkding;

/// Text for XML.
final class Xml {
  private Xml() {}

  /// Escaped, without the characters that XML cannot hold.
  static String escape(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                default -> {
                  boolean allowed =
                      c == '\n'
                          || c == '\t'
                          || c == '\r'
                          || (c >= 0x20 && c < 0xd800)
                          || (c > 0xdfff && c < 0xfffe)
                          || c > 0xffff;
                  safe.appendCodePoint(allowed ? c : 0xfffd);
                }
              }
            });
    return safe.toString();
  }
}

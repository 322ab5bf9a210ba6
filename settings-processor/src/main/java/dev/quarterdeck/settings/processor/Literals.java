package dev.quarterdeck.settings.processor;

import java.util.ArrayList;
import java.util.List;

/// Writes values as source code, ASCII only.
final class Literals {
  private Literals() {}

  static String list(List<String> texts) {
    List<String> literals = new ArrayList<>();
    texts.forEach(one -> literals.add(text(one)));
    return "List.of(" + String.join(", ", literals) + ")";
  }

  static String text(String text) {
    StringBuilder literal = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        literal.append('\\').append(c);
      } else if (c < ' ') {
        literal.append(String.format("\\%03o", (int) c));
      } else if (c > '~') {
        literal.append(String.format("\\u%04x", (int) c));
      } else {
        literal.append(c);
      }
    }
    return literal.append('"').toString();
  }
}

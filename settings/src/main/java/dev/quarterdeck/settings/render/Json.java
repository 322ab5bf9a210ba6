package dev.quarterdeck.settings.render;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes JSON, indented by two spaces.
final class Json {
  private final StringBuilder out = new StringBuilder();

  private Json() {}

  /// The value as a document: [Map], [Iterable], [Number], [Boolean], null; all else as text.
  static String write(@Nullable Object value) {
    Json json = new Json();
    json.value(value, "\n");
    return json.out.append('\n').toString();
  }

  private void value(@Nullable Object value, String indent) {
    if (value instanceof Map<?, ?> map) {
      members(map, indent);
    } else if (value instanceof Iterable<?> list) {
      elements(list, indent);
    } else if (value == null || value instanceof Number || value instanceof Boolean) {
      out.append(value);
    } else {
      text(value.toString());
    }
  }

  private void members(Map<?, ?> map, String indent) {
    if (map.isEmpty()) {
      out.append("{}");
      return;
    }
    char before = '{';
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      out.append(before).append(indent).append("  ");
      text(String.valueOf(entry.getKey()));
      out.append(": ");
      value(entry.getValue(), indent + "  ");
      before = ',';
    }
    out.append(indent).append('}');
  }

  private void elements(Iterable<?> list, String indent) {
    char before = '[';
    for (Object element : list) {
      out.append(before).append(indent).append("  ");
      value(element, indent + "  ");
      before = ',';
    }
    out.append(before == '[' ? "[" : indent).append(']');
  }

  private void text(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          boolean lone =
              Character.isSurrogate(c)
                  && !(Character.isHighSurrogate(c)
                      && i + 1 < text.length()
                      && Character.isLowSurrogate(text.charAt(i + 1)))
                  && !(Character.isLowSurrogate(c)
                      && i > 0
                      && Character.isHighSurrogate(text.charAt(i - 1)));
          if (c < ' ' || lone) {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}

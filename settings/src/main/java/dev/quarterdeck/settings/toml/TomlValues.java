package dev.quarterdeck.settings.toml;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns Java values into TOML's.
final class TomlValues {
  private final List<String> path = new ArrayList<>();

  private TomlValues() {}

  static TomlTable table(Map<String, ?> values) {
    return new TomlValues().table((Map<?, ?>) values, 0);
  }

  private TomlTable table(Map<?, ?> values, int depth) {
    Map<String, TomlNode> nodes = LinkedHashMap.newLinkedHashMap(values.size());
    for (Map.Entry<?, ?> entry : values.entrySet()) {
      if (!(entry.getKey() instanceof String key)) {
        throw bad("a key that is not a string", "keys that are strings");
      }
      path.add(text(key));
      nodes.put(key, node(entry.getValue(), depth));
      path.removeLast();
    }
    return TomlTable.of(nodes);
  }

  private TomlNode node(@Nullable Object value, int depth) {
    return switch (value) {
      case null -> throw bad("null", "a value; TOML has no null, leave the key out");
      case TomlNode node -> node;
      case CharSequence text -> new TomlString(text(text.toString()), Span.NONE);
      case Boolean truth -> new TomlBoolean(truth, Span.NONE);
      case Byte number -> new TomlInteger(number, Span.NONE);
      case Short number -> new TomlInteger(number, Span.NONE);
      case Integer number -> new TomlInteger(number, Span.NONE);
      case Long number -> new TomlInteger(number, Span.NONE);
      case Float number -> new TomlFloat(number, Span.NONE);
      case Double number -> new TomlFloat(number, Span.NONE);
      case OffsetDateTime time -> new TomlDateTime.Offset(time, Span.NONE);
      case LocalDateTime time -> new TomlDateTime.Local(time, Span.NONE);
      case LocalDate date -> new TomlDateTime.Date(date, Span.NONE);
      case LocalTime time -> new TomlDateTime.Time(time, Span.NONE);
      case Map<?, ?> map -> table(map, deeper(depth));
      case Iterable<?> elements -> {
        List<TomlNode> nodes = new ArrayList<>();
        for (Object element : elements) {
          nodes.add(node(element, deeper(depth)));
        }
        yield TomlArray.of(nodes);
      }
      default ->
          throw bad(
              "a value of " + value.getClass().getName(),
              "a string, number, boolean, date, map or list");
    };
  }

  private int deeper(int depth) {
    if (depth >= Toml.MAX_DEPTH) {
      throw bad("nested too deep", "at most " + Toml.MAX_DEPTH + " levels");
    }
    return depth + 1;
  }

  private String text(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          throw bad("text with half a surrogate pair", "Unicode text");
        }
        i++;
      }
    }
    return text;
  }

  private IllegalArgumentException bad(String what, String expected) {
    String subject = path.isEmpty() ? "the document" : KeyPart.show(path);
    return new IllegalArgumentException(subject + ": " + what + " (expected: " + expected + ")");
  }
}

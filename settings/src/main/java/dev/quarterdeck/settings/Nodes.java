package dev.quarterdeck.settings;

import dev.quarterdeck.settings.toml.Span;
import dev.quarterdeck.settings.toml.TomlArray;
import dev.quarterdeck.settings.toml.TomlBoolean;
import dev.quarterdeck.settings.toml.TomlDateTime;
import dev.quarterdeck.settings.toml.TomlFloat;
import dev.quarterdeck.settings.toml.TomlInteger;
import dev.quarterdeck.settings.toml.TomlNode;
import dev.quarterdeck.settings.toml.TomlString;
import dev.quarterdeck.settings.toml.TomlTable;
import dev.quarterdeck.settings.toml.TomlWriter;
import java.util.Map;

/// Writes TOML values as messages show them.
final class Nodes {
  private Nodes() {}

  /// A key as TOML writes it.
  static String key(String name) {
    boolean bare = !name.isEmpty();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      bare &= (c < 128 && Character.isLetterOrDigit(c)) || c == '_' || c == '-';
    }
    return bare ? name : quoted(name);
  }

  /// A key in quotes.
  static String quoted(String name) {
    String written = TomlWriter.write(TomlTable.of(Map.of(name, new TomlBoolean(true, Span.NONE))));
    String key = written.substring(0, written.lastIndexOf(" = "));
    return key.startsWith("\"") ? key : "\"" + key + "\"";
  }

  /// The value, strings in quotes.
  static String text(TomlNode node) {
    return switch (node) {
      case TomlString string -> "\"" + string.value() + "\"";
      case TomlInteger integer -> Long.toString(integer.value());
      case TomlFloat real -> Double.toString(real.value());
      case TomlBoolean bool -> Boolean.toString(bool.value());
      case TomlDateTime time -> time.value().toString();
      case TomlArray array -> {
        StringBuilder text = new StringBuilder("[");
        for (TomlNode element : array.elements()) {
          text.append(text.length() == 1 ? "" : ", ").append(text(element));
        }
        yield text.append("]").toString();
      }
      case TomlTable table -> {
        StringBuilder text = new StringBuilder("{");
        for (TomlTable.Entry entry : table.entries().values()) {
          text.append(text.length() == 1 ? " " : ", ").append(entry.key()).append(" = ");
          text.append(text(entry.value()));
        }
        yield text.append(text.length() == 1 ? "}" : " }").toString();
      }
    };
  }
}

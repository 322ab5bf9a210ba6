package dev.quarterdeck.settings.render;

import dev.quarterdeck.settings.schema.Key;
import dev.quarterdeck.settings.schema.Schema;
import dev.quarterdeck.settings.toml.TomlWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Example files with every setting in a comment.
public final class Examples {
  private Examples() {}

  /// A `.env` file: every setting with its default.
  public static String dotenv(Schema schema) {
    StringBuilder out = new StringBuilder();
    for (Key key : schema.keys()) {
      out.append(out.isEmpty() ? "" : "\n");
      out.append("# ").append(key.doc()).append(" (").append(key.typeInWords()).append(")\n");
      String text = shown(schema, key);
      out.append("# ").append(key.variable()).append('=').append(text == null ? "" : quoted(text));
      out.append('\n');
    }
    return out.toString();
  }

  /// A TOML file: every setting but the secrets, with its default.
  public static String toml(Schema schema) {
    StringBuilder out = new StringBuilder();
    String table = "";
    for (boolean nested : new boolean[] {false, true}) {
      for (Key key : schema.keys()) {
        if (key.secret() || key.path().contains(".") != nested) {
          continue;
        }
        String home = nested ? key.path().substring(0, key.path().lastIndexOf('.')) : "";
        if (!home.equals(table)) {
          out.append("\n[").append(home).append("]\n");
          table = home;
        }
        out.append("# ").append(key.doc()).append(" (").append(key.typeInWords()).append(")\n");
        String text = shown(schema, key);
        String line = text == null ? key.name() + " =" : TomlWriter.write(plain(key, text));
        out.append("# ").append(line.strip().replace("\n", "\n# ")).append('\n');
      }
    }
    return out.toString();
  }

  private static Map<String, Object> plain(Key key, String text) {
    Object value =
        text.isEmpty() && key.optional() ? text : key.type().plain(key.type().parse(text));
    return Map.of(key.name(), value instanceof Map<?, ?> ? text : value);
  }

  private static @Nullable String shown(Schema schema, Key key) {
    return key.fallback(schema.profiles().isEmpty() ? -1 : 0);
  }

  private static String quoted(String text) {
    boolean plain = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      plain &= Character.isLetterOrDigit(c) || "_-./:,@+".indexOf(c) >= 0;
    }
    return plain
        ? text
        : "\""
            + text.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("$", "\\$")
                .replace("`", "\\`")
            + "\"";
  }
}

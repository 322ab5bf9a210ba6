package dev.quarterdeck.settings.render;

import dev.quarterdeck.settings.schema.Key;
import dev.quarterdeck.settings.schema.Schema;
import dev.quarterdeck.settings.schema.TablesType;
import dev.quarterdeck.settings.toml.TomlWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Example files with every setting in a comment.
public final class Examples {
  private Examples() {}

  /// A `.env` file: every setting with its default.
  public static String dotenv(Schema schema) {
    StringBuilder out = new StringBuilder();
    dotenv(schema, "", out);
    return out.toString();
  }

  private static void dotenv(Schema schema, String prefix, StringBuilder out) {
    for (Key key : schema.keys()) {
      out.append(out.isEmpty() ? "" : "\n");
      describe(schema, key, "# ", out);
      TablesType tables = key.tables();
      if (tables != null) {
        out.append("# Files say which there are; the environment changes settings of those.\n");
        String name = prefix + key.variable() + (tables.named() ? "_NAME_" : "_0_");
        dotenv(tables.schema(), name, out);
        continue;
      }
      String text = shown(schema, key);
      out.append("# ").append(prefix).append(key.variable()).append('=');
      out.append(text == null ? "" : quoted(text)).append('\n');
    }
  }

  private static void describe(Schema schema, Key key, String start, StringBuilder out) {
    out.append(start).append(key.doc()).append(" (").append(key.typeInWords()).append(")\n");
    for (String note : Notes.of(schema, key)) {
      out.append(start).append(note).append('\n');
    }
  }

  /// A TOML file: every setting but the secrets, with its default. Tables of lists and maps stand
  /// in comments as a whole.
  public static String toml(Schema schema) {
    StringBuilder out = new StringBuilder();
    toml(schema, "", "", out);
    return out.toString();
  }

  /// @param path of the element that the schema is about, empty for the root
  /// @param start what headers start with
  private static void toml(Schema schema, String path, String start, StringBuilder out) {
    String table = "";
    for (boolean nested : new boolean[] {false, true}) {
      for (Key key : schema.keys()) {
        if (key.secret() || key.tables() != null || key.path().contains(".") != nested) {
          continue;
        }
        String home = nested ? key.path().substring(0, key.path().lastIndexOf('.')) : "";
        if (!home.equals(table)) {
          out.append('\n').append(start).append('[').append(path).append(home).append("]\n");
          table = home;
        }
        describe(schema, key, start + "# ", out);
        String text = shown(schema, key);
        String line = text == null ? key.name() + " =" : TomlWriter.write(plain(key, text));
        out.append("# ").append(line.strip().replace("\n", "\n# ")).append('\n');
      }
    }
    for (Key key : schema.repeated()) {
      TablesType tables = key.tables();
      if (tables != null) {
        out.append('\n');
        describe(schema, key, start + "# ", out);
        String one = path + key.path() + (tables.named() ? ".NAME" : "");
        out.append(tables.named() ? "# [" + one + "]\n" : "# [[" + one + "]]\n");
        toml(tables.schema(), one + ".", "# ", out);
      }
    }
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

package dev.quarterdeck.settings.render;

import dev.quarterdeck.settings.schema.Key;
import dev.quarterdeck.settings.schema.Names;
import dev.quarterdeck.settings.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The reference documentation of all settings, in Markdown.
public final class Reference {
  private Reference() {}

  /// One table of Markdown for each table of the file.
  public static String markdown(Schema schema) {
    StringBuilder out =
        new StringBuilder(
            """
            # Settings

            Generated from the settings records. A key stands in the table that the heading names; \
            its environment variable does the same. Durations take their unit in brackets when they \
            are bare numbers, and `2s`, `500ms`, `24h` or `7d` everywhere.
            """);
    table(schema, schema.root(), out);
    return out.toString();
  }

  private static void table(Schema schema, Names table, StringBuilder out) {
    List<Key> keys = new ArrayList<>();
    List<Names> inner = new ArrayList<>();
    for (String name : table.names()) {
      Key key = table.key(name);
      Names members = table.table(name);
      if (key != null) {
        keys.add(key);
      } else if (members != null) {
        inner.add(members);
      }
    }
    if (!keys.isEmpty()) {
      out.append("\n## ");
      out.append(table.path().isEmpty() ? "Top level" : "`[" + table.path() + "]`").append("\n\n");
      out.append(table.doc().isEmpty() ? "" : table.doc() + "\n\n");
      out.append("| key | environment | type | default | what it does |\n|---|---|---|---|---|\n");
      keys.forEach(key -> row(schema, key, out));
    }
    inner.forEach(one -> table(schema, one, out));
  }

  private static void row(Schema schema, Key key, StringBuilder out) {
    out.append("| `").append(key.name()).append("` | `").append(key.variable()).append("` | ");
    out.append(cell(escaped(key.typeInWords()))).append(" | ").append(cell(defaults(schema, key)));
    out.append(" | ").append(cell(key.doc())).append(" |\n");
  }

  /// The default in words; one for each profile where they differ.
  static String defaults(Schema schema, Key key) {
    List<String> profiles = schema.profiles();
    boolean same = true;
    for (int i = 1; i < profiles.size(); i++) {
      same &= Objects.equals(key.fallback(i), key.fallback(0));
    }
    if (profiles.isEmpty() || same) {
      return one(key, key.fallback(profiles.isEmpty() ? -1 : 0));
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < profiles.size(); i++) {
      text.append(i == 0 ? "" : "; ").append(profiles.get(i)).append(": ");
      text.append(one(key, key.fallback(i)));
    }
    return text.toString();
  }

  private static String one(Key key, @Nullable String text) {
    if (text != null) {
      return text.isEmpty() ? "empty" : "`" + text + "`";
    }
    return !key.computed().isEmpty() ? key.computed() : key.optional() ? "none" : "required";
  }

  /// A text in which nothing is taken for a link or for emphasis.
  private static String escaped(String text) {
    return text.replaceAll("([\\\\\\[\\]*_<])", "\\\\$1");
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace('\n', ' ');
  }
}

package dev.quarterdeck.settings.render;

import dev.quarterdeck.settings.schema.Key;
import dev.quarterdeck.settings.schema.Names;
import dev.quarterdeck.settings.schema.Retired;
import dev.quarterdeck.settings.schema.Schema;
import dev.quarterdeck.settings.schema.TablesType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The reference documentation of all settings, in Markdown.
public final class Reference {
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
    new Reference(schema, out, "", "", "").table(schema.root());
    retired(schema, out);
    return out.toString();
  }

  private final Schema schema;
  private final StringBuilder out;
  private final String path;
  private final String bracket;
  private final String variable;

  /// The tables of one schema.
  ///
  /// @param path of the element that the schema is about, empty for the root
  /// @param bracket what its header has more than other headers
  /// @param variable what its environment names start with
  private Reference(
      Schema schema, StringBuilder out, String path, String bracket, String variable) {
    this.schema = schema;
    this.out = out;
    this.path = path;
    this.bracket = bracket;
    this.variable = variable;
  }

  private void table(Names table) {
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
      out.append("\n## ").append(heading(table)).append("\n\n");
      out.append(table.doc().isEmpty() ? "" : table.doc() + "\n\n");
      out.append("| key | environment | type | default | what it does |\n|---|---|---|---|---|\n");
      keys.forEach(this::row);
    }
    for (Key key : keys) {
      TablesType tables = key.tables();
      if (tables != null) {
        String one = of(key.path()) + (tables.named() ? ".NAME" : "");
        String name = variable + key.variable() + (tables.named() ? "_NAME_" : "_0_");
        String more = tables.named() ? "" : "[";
        new Reference(tables.schema(), out, one, more, name).table(tables.schema().root());
      }
    }
    inner.forEach(this::table);
  }

  private String of(String inner) {
    return path.isEmpty() ? inner : inner.isEmpty() ? path : path + "." + inner;
  }

  private String heading(Names table) {
    String full = of(table.path());
    if (full.isEmpty()) {
      return "Top level";
    }
    String more = table.path().isEmpty() ? bracket : "";
    return "`[" + more + full + "]" + more.replace('[', ']') + "`";
  }

  private void row(Key key) {
    TablesType tables = key.tables();
    String name = variable + key.variable();
    if (tables != null) {
      name += tables.named() ? "_NAME_…" : "_0_…";
    }
    out.append("| `").append(key.name()).append("` | `").append(name).append("` | ");
    out.append(cell(escaped(key.typeInWords()))).append(" | ").append(cell(defaults(schema, key)));
    out.append(" | ").append(cell(key.doc()));
    for (String note : Notes.of(schema, key)) {
      out.append(' ').append(cell(escaped(note)));
    }
    out.append(" |\n");
  }

  private static void retired(Schema schema, StringBuilder out) {
    if (schema.retired().isEmpty()) {
      return;
    }
    out.append("\n## Names that changed\n\n");
    out.append("| key | environment | now |\n|---|---|---|\n");
    for (Retired one : schema.retired()) {
      Key now = one.now();
      out.append("| `").append(one.path()).append("` | `").append(one.variable()).append("` | ");
      out.append(now == null ? cell(escaped(one.reason())) : "`" + now.path() + "`");
      out.append(" |\n");
    }
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

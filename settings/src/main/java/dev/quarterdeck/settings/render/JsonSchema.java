package dev.quarterdeck.settings.render;

import dev.quarterdeck.settings.schema.Constraint;
import dev.quarterdeck.settings.schema.Key;
import dev.quarterdeck.settings.schema.Names;
import dev.quarterdeck.settings.schema.Retired;
import dev.quarterdeck.settings.schema.Schema;
import dev.quarterdeck.settings.schema.TablesType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The schema of a settings file for editors: JSON Schema 2020-12. Secrets are left out, because
/// they are refused in files.
public final class JsonSchema {
  private JsonSchema() {}

  /// The schema's document.
  public static String write(Schema schema, String title) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    document.put("title", title);
    table(schema, schema.root(), document);
    return Json.write(document);
  }

  private static void table(Schema schema, Names table, Map<String, Object> into) {
    into.put("type", "object");
    Key chooser = Variants.chooser(table);
    if (chooser == null) {
      Map<String, Object> properties = properties(schema, table, null, "");
      if (table.path().isEmpty() && schema.flatKeys()) {
        addFlat(schema, properties);
      }
      into.put("properties", properties);
      into.put("additionalProperties", false);
      return;
    }
    List<Object> branches = new ArrayList<>();
    String fallback = chooser.fallback(schema.profiles().isEmpty() ? -1 : 0);
    for (String variant : chooser.type().choices()) {
      Map<String, Object> properties = properties(schema, table, chooser, variant);
      Map<String, Object> choice = new LinkedHashMap<>();
      choice.put("const", variant);
      choice.put("description", chooser.doc());
      properties.put(chooser.name(), choice);
      Map<String, Object> branch = new LinkedHashMap<>();
      branch.put("title", variant);
      branch.put("properties", properties);
      if (!variant.equals(fallback)) {
        branch.put("required", List.of(chooser.name()));
      }
      branch.put("additionalProperties", false);
      branches.add(branch);
    }
    into.put("oneOf", branches);
  }

  private static void addFlat(Schema schema, Map<String, Object> properties) {
    for (Key key : schema.keys()) {
      if (!key.secret()) {
        properties.putIfAbsent(key.variable(), setting(schema, key));
      }
    }
    for (Retired old : schema.retired()) {
      moved(schema, old, old.variable(), properties);
    }
  }

  private static Map<String, Object> properties(
      Schema schema, Names table, @Nullable Key chooser, String variant) {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (String name : table.names()) {
      Key key = table.key(name);
      Names members = table.table(name);
      if (key != null && !key.secret() && Variants.has(schema, key, chooser, variant)) {
        properties.put(name, setting(schema, key));
      } else if (members != null && Variants.has(schema, members, chooser, variant)) {
        Map<String, Object> inner = new LinkedHashMap<>();
        inner.put("description", members.doc());
        table(schema, members, inner);
        properties.put(name, inner);
      }
    }
    retired(schema, table, properties);
    return properties;
  }

  /// Names that settings had before: they still work.
  private static void retired(Schema schema, Names table, Map<String, Object> properties) {
    for (String name : table.retiredNames()) {
      Retired old = table.retired(name);
      Names gone = table.retiredTable(name);
      if (old != null) {
        moved(schema, old, name, properties);
      } else if (gone != null) {
        Map<String, Object> inner = new LinkedHashMap<>();
        retired(schema, gone, inner);
        if (!inner.isEmpty()) {
          Map<String, Object> one = new LinkedHashMap<>();
          one.put("deprecated", true);
          one.put("type", "object");
          one.put("properties", inner);
          one.put("additionalProperties", false);
          properties.put(name, one);
        }
      }
    }
  }

  private static void moved(
      Schema schema, Retired old, String name, Map<String, Object> properties) {
    Key now = old.now();
    if (now != null && !now.secret()) {
      Map<String, Object> one = setting(schema, now);
      one.put("description", "Has moved to " + now.path() + ". " + one.get("description"));
      one.put("deprecated", true);
      properties.putIfAbsent(name, one);
    }
  }

  private static Map<String, Object> setting(Schema schema, Key key) {
    Map<String, Object> one = new LinkedHashMap<>();
    key.type().describe(one);
    TablesType tables = key.tables();
    if (tables != null) {
      Map<String, Object> element = new LinkedHashMap<>();
      table(tables.schema(), tables.schema().root(), element);
      one.put(tables.named() ? "additionalProperties" : "items", element);
    }
    StringBuilder description = new StringBuilder(key.doc());
    description.append(' ').append(key.typeInWords());
    description.append("; default: ").append(Reference.defaults(schema, key));
    for (String note : Notes.of(schema, key)) {
      description.append(". ").append(note);
    }
    one.put("description", description.toString());
    Constraint constraint = key.constraint();
    if (constraint != null) {
      constraint.describe(key.type(), one);
    }
    if (!key.deprecated().isEmpty()) {
      one.put("deprecated", true);
    }
    return one;
  }
}

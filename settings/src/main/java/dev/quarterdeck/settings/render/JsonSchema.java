package dev.quarterdeck.settings.render;

import dev.quarterdeck.settings.schema.Constraint;
import dev.quarterdeck.settings.schema.Key;
import dev.quarterdeck.settings.schema.Names;
import dev.quarterdeck.settings.schema.Schema;
import java.util.LinkedHashMap;
import java.util.Map;

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
    Map<String, Object> properties = new LinkedHashMap<>();
    for (String name : table.names()) {
      Key key = table.key(name);
      Names members = table.table(name);
      if (key != null && !key.secret()) {
        properties.put(name, setting(schema, key));
      } else if (members != null) {
        Map<String, Object> inner = new LinkedHashMap<>();
        inner.put("description", members.doc());
        table(schema, members, inner);
        properties.put(name, inner);
      }
    }
    if (table.path().isEmpty() && schema.flatKeys()) {
      for (Key key : schema.keys()) {
        if (!key.secret()) {
          properties.putIfAbsent(key.variable(), setting(schema, key));
        }
      }
    }
    into.put("type", "object");
    into.put("properties", properties);
    into.put("additionalProperties", false);
  }

  private static Map<String, Object> setting(Schema schema, Key key) {
    Map<String, Object> one = new LinkedHashMap<>();
    key.type().describe(one);
    one.put(
        "description",
        key.doc() + " " + key.typeInWords() + "; default: " + Reference.defaults(schema, key));
    Constraint constraint = key.constraint();
    if (constraint != null) {
      constraint.describe(key.type(), one);
    }
    return one;
  }
}

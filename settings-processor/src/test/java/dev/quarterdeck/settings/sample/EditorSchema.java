package dev.quarterdeck.settings.sample;

import dev.quarterdeck.settings.toml.TomlArray;
import dev.quarterdeck.settings.toml.TomlBoolean;
import dev.quarterdeck.settings.toml.TomlDateTime;
import dev.quarterdeck.settings.toml.TomlFloat;
import dev.quarterdeck.settings.toml.TomlInteger;
import dev.quarterdeck.settings.toml.TomlNode;
import dev.quarterdeck.settings.toml.TomlString;
import dev.quarterdeck.settings.toml.TomlTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Checks TOML documents against the JSON Schema that the engine writes, as an editor does. Knows
/// the keywords that the engine uses, and fails on any other.
final class EditorSchema {
  private static final Set<String> KNOWN =
      Set.of(
          "$schema",
          "title",
          "description",
          "deprecated",
          "format",
          "type",
          "properties",
          "items",
          "additionalProperties",
          "required",
          "oneOf",
          "const",
          "enum",
          "minimum",
          "maximum",
          "minLength",
          "maxLength",
          "pattern",
          "minItems",
          "maxItems",
          "minProperties",
          "maxProperties",
          "uniqueItems");

  private final Map<?, ?> schema;

  EditorSchema(String json) {
    this.schema = (Map<?, ?>) Objects.requireNonNull(new Reader(json).value());
  }

  /// What does not fit, as `path: keyword`.
  List<String> complaints(TomlTable document) {
    List<String> complaints = new ArrayList<>();
    check(schema, document, "", complaints);
    return complaints;
  }

  /// The keys that an editor offers in a table.
  Set<String> offers(String... path) {
    Map<?, ?> at = schema;
    for (String one : path) {
      at = (Map<?, ?>) Objects.requireNonNull(at.get(one), one);
    }
    Map<String, Object> offered = new LinkedHashMap<>();
    collect(at, offered);
    return offered.keySet();
  }

  private static void collect(Map<?, ?> at, Map<String, Object> offered) {
    if (at.get("properties") instanceof Map<?, ?> properties) {
      properties.forEach((key, value) -> offered.put((String) key, value));
    }
    if (at.get("oneOf") instanceof List<?> branches) {
      branches.forEach(one -> collect((Map<?, ?>) one, offered));
    }
  }

  private void check(Map<?, ?> schema, TomlNode node, String path, List<String> complaints) {
    schema
        .keySet()
        .forEach(
            key -> {
              if (!KNOWN.contains(key)) {
                throw new AssertionError("unknown keyword " + key);
              }
            });
    if (schema.get("type") != null && types(schema).stream().noneMatch(one -> is(one, node))) {
      complaints.add(path + ": type");
      return;
    }
    if (schema.get("enum") instanceof List<?> all && !all.contains(plain(node))) {
      complaints.add(path + ": enum");
    }
    if (schema.get("const") != null && !Objects.equals(schema.get("const"), plain(node))) {
      complaints.add(path + ": const");
    }
    if (schema.get("pattern") instanceof String pattern
        && node instanceof TomlString text
        && !Pattern.compile(pattern).matcher(text.value()).find()) {
      complaints.add(path + ": pattern");
    }
    bounds(schema, node, path, complaints);
    if (schema.get("oneOf") instanceof List<?> branches) {
      long fitting =
          branches.stream()
              .filter(
                  one -> {
                    List<String> inner = new ArrayList<>();
                    check((Map<?, ?>) one, node, path, inner);
                    return inner.isEmpty();
                  })
              .count();
      if (fitting != 1) {
        complaints.add(path + ": oneOf");
      }
    }
    if (node instanceof TomlTable table) {
      members(schema, table, path, complaints);
    }
    if (node instanceof TomlArray array && schema.get("items") instanceof Map<?, ?> items) {
      for (int i = 0; i < array.elements().size(); i++) {
        check(items, array.elements().get(i), path + "." + i, complaints);
      }
    }
  }

  private static void bounds(
      Map<?, ?> schema, TomlNode node, String path, List<String> complaints) {
    if (node instanceof TomlInteger number) {
      compare(schema, "minimum", number.value(), 1, path, complaints);
      compare(schema, "maximum", number.value(), -1, path, complaints);
    } else if (node instanceof TomlArray array) {
      compare(schema, "minItems", array.elements().size(), 1, path, complaints);
      compare(schema, "maxItems", array.elements().size(), -1, path, complaints);
    } else if (node instanceof TomlString text) {
      compare(schema, "minLength", text.value().length(), 1, path, complaints);
      compare(schema, "maxLength", text.value().length(), -1, path, complaints);
    }
  }

  private static void compare(
      Map<?, ?> schema, String key, long value, int sign, String path, List<String> complaints) {
    if (schema.get(key) instanceof Number bound && (value - bound.longValue()) * sign < 0) {
      complaints.add(path + ": " + key);
    }
  }

  private void members(Map<?, ?> schema, TomlTable table, String path, List<String> complaints) {
    Map<?, ?> properties = schema.get("properties") instanceof Map<?, ?> map ? map : Map.of();
    for (TomlTable.Entry entry : table.entries().values()) {
      String inner = path + "." + entry.key();
      if (properties.get(entry.key()) instanceof Map<?, ?> one) {
        check(one, entry.value(), inner, complaints);
      } else if (schema.get("additionalProperties") instanceof Map<?, ?> one) {
        check(one, entry.value(), inner, complaints);
      } else if (Boolean.FALSE.equals(schema.get("additionalProperties"))) {
        complaints.add(inner + ": additionalProperties");
      }
    }
    if (schema.get("required") instanceof List<?> required) {
      for (Object one : required) {
        if (table.get((String) one) == null) {
          complaints.add(path + ": required " + one);
        }
      }
    }
  }

  private static List<?> types(Map<?, ?> schema) {
    Object type = Objects.requireNonNull(schema.get("type"));
    return type instanceof List<?> list ? list : List.of(type);
  }

  private static boolean is(Object type, TomlNode node) {
    return switch (node) {
      case TomlTable _ -> type.equals("object");
      case TomlArray _ -> type.equals("array");
      case TomlString _ -> type.equals("string");
      case TomlInteger _ -> type.equals("integer") || type.equals("number");
      case TomlFloat _ -> type.equals("number");
      case TomlBoolean _ -> type.equals("boolean");
      case TomlDateTime _ -> false;
    };
  }

  private static @Nullable Object plain(TomlNode node) {
    return node instanceof TomlString text ? text.value() : null;
  }

  /// Reads JSON as the engine writes it.
  private static final class Reader {
    private final String text;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    private char next() {
      while (Character.isWhitespace(text.charAt(at))) {
        at++;
      }
      return text.charAt(at);
    }

    @Nullable Object value() {
      char c = next();
      if (c == '{') {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (at++; next() != '}'; ) {
          String key = string();
          next();
          at++;
          map.put(key, value());
          at += next() == ',' ? 1 : 0;
        }
        at++;
        return map;
      }
      if (c == '[') {
        List<@Nullable Object> list = new ArrayList<>();
        for (at++; next() != ']'; ) {
          list.add(value());
          at += next() == ',' ? 1 : 0;
        }
        at++;
        return list;
      }
      if (c == '"') {
        return string();
      }
      int start = at;
      while (",]}\n ".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      String word = text.substring(start, at);
      return word.equals("true")
          ? Boolean.TRUE
          : word.equals("false") ? Boolean.FALSE : (Object) Double.valueOf(word);
    }

    private String string() {
      StringBuilder string = new StringBuilder();
      next();
      for (at++; text.charAt(at) != '"'; at++) {
        if (text.charAt(at) == '\\') {
          at++;
          if (text.charAt(at) == 'u') {
            string.append((char) Integer.parseInt(text.substring(at + 1, at + 5), 16));
            at += 4;
            continue;
          }
        }
        string.append(text.charAt(at));
      }
      at++;
      return string.toString();
    }
  }
}

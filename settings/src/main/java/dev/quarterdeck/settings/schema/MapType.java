package dev.quarterdeck.settings.schema;

import dev.quarterdeck.settings.toml.TomlNode;
import dev.quarterdeck.settings.toml.TomlString;
import dev.quarterdeck.settings.toml.TomlTable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A map from text: a TOML table, or a text such as `k=v,k2=v2`. Tables of several layers merge by
/// key; a text stands for the whole map.
final class MapType extends Type {
  private final Type element;

  MapType(Type element) {
    this.element = element;
  }

  @Override
  public Object parse(String text) {
    Map<String, Object> map = new LinkedHashMap<>();
    int start = 0;
    while (start < text.length()) {
      int comma = text.indexOf(',', start);
      int end = comma < 0 ? text.length() : comma;
      int equals = text.indexOf('=', start);
      if (equals <= start || equals > end) {
        throw new Rejection("expected " + expected());
      }
      String key = text.substring(start, equals).strip();
      Object value = element.parse(text.substring(equals + 1, end).strip());
      if (map.put(key, value) != null) {
        throw new Rejection("expected " + expected() + ", each key once");
      }
      start = end + 1;
    }
    return Collections.unmodifiableMap(map);
  }

  @Override
  public @Nullable Object read(TomlNode node, Rejections rejections) {
    if (node instanceof TomlString string) {
      try {
        return parse(string.value());
      } catch (IllegalArgumentException e) {
        rejections.reject(node, Texts.afterExpected(e, expected()));
        return null;
      }
    }
    if (!(node instanceof TomlTable table)) {
      rejections.reject(node, "a table, or a text such as k=v,k2=v2");
      return null;
    }
    Map<String, Object> map = new LinkedHashMap<>();
    boolean whole = true;
    for (TomlTable.Entry entry : table.entries().values()) {
      Object value = element.read(entry.value(), rejections);
      if (value == null) {
        whole = false;
      } else {
        map.put(entry.key(), value);
      }
    }
    return whole ? Collections.unmodifiableMap(map) : null;
  }

  @Override
  public String render(Object value) {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<?, ?> one : ((Map<?, ?>) value).entrySet()) {
      text.append(text.isEmpty() ? "" : ",").append(one.getKey()).append('=');
      text.append(element.render(one.getValue()));
    }
    return text.toString();
  }

  @Override
  public Object plain(Object value) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (Map.Entry<?, ?> one : ((Map<?, ?>) value).entrySet()) {
      map.put((String) one.getKey(), element.plain(one.getValue()));
    }
    return map;
  }

  @Override
  public Type element() {
    return element;
  }

  @Override
  public String name() {
    return "table of " + element.name();
  }

  @Override
  public String expected() {
    return "pairs such as k=v,k2=v2, each value " + element.expected();
  }

  @Override
  public void describe(Map<String, Object> jsonSchema) {
    Map<String, Object> values = new LinkedHashMap<>();
    element.describe(values);
    jsonSchema.put("type", List.of("object", "string"));
    jsonSchema.put("additionalProperties", values);
  }

  @Override
  public Object placeholder() {
    return Map.of();
  }

  @Override
  public int length(Object value) {
    return ((Map<?, ?>) value).size();
  }

  @Override
  public boolean merges() {
    return true;
  }

  @Override
  public Object merge(Object under, Object over) {
    Map<Object, Object> merged = new LinkedHashMap<>((Map<?, ?>) under);
    merged.putAll((Map<?, ?>) over);
    return Collections.unmodifiableMap(merged);
  }
}

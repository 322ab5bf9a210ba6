package dev.quarterdeck.settings.schema;

import dev.quarterdeck.settings.toml.TomlArray;
import dev.quarterdeck.settings.toml.TomlNode;
import dev.quarterdeck.settings.toml.TomlString;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A list or a set: a TOML array, or a text with commas between the elements.
final class ListType extends Type {
  private final Type element;
  private final boolean set;

  ListType(Type element, boolean set) {
    this.element = element;
    this.set = set;
  }

  @Override
  public Object parse(String text) {
    List<Object> elements = new ArrayList<>();
    if (!text.isBlank()) {
      int start = 0;
      while (start <= text.length()) {
        int comma = text.indexOf(',', start);
        int end = comma < 0 ? text.length() : comma;
        String part = text.substring(start, end).strip();
        if (part.isEmpty()) {
          throw new Rejection("expected " + expected() + ", without an empty element");
        }
        elements.add(element.parse(part));
        start = end + 1;
      }
    }
    return collect(elements);
  }

  private Collection<Object> collect(List<Object> elements) {
    return set
        ? Collections.unmodifiableSet(new LinkedHashSet<>(elements))
        : Collections.unmodifiableList(elements);
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
    if (!(node instanceof TomlArray array)) {
      rejections.reject(node, "an array, or a text with commas between the elements");
      return null;
    }
    List<TomlNode> nodes = array.elements();
    List<Object> elements = new ArrayList<>(nodes.size());
    boolean whole = true;
    for (int i = 0; i < nodes.size(); i++) {
      Object value = element.read(nodes.get(i), rejections);
      if (value == null) {
        whole = false;
      } else {
        elements.add(value);
      }
    }
    return whole ? collect(elements) : null;
  }

  @Override
  public String render(Object value) {
    StringBuilder text = new StringBuilder();
    for (Object one : (Collection<?>) value) {
      text.append(text.isEmpty() ? "" : ",").append(element.render(one));
    }
    return text.toString();
  }

  @Override
  public Object plain(Object value) {
    List<Object> elements = new ArrayList<>();
    for (Object one : (Collection<?>) value) {
      elements.add(element.plain(one));
    }
    return elements;
  }

  @Override
  public Type element() {
    return element;
  }

  @Override
  public String name() {
    return (set ? "set of " : "list of ") + element.name();
  }

  @Override
  public String expected() {
    return "a list, each element " + element.expected();
  }

  @Override
  public void describe(Map<String, Object> jsonSchema) {
    Map<String, Object> items = new LinkedHashMap<>();
    element.describe(items);
    jsonSchema.put("type", List.of("array", "string"));
    jsonSchema.put("items", items);
    if (set) {
      jsonSchema.put("uniqueItems", true);
    }
  }

  @Override
  public Object placeholder() {
    return set ? java.util.Set.of() : List.of();
  }

  @Override
  public int length(Object value) {
    return ((Collection<?>) value).size();
  }

  @Override
  public List<String> choices() {
    return element.choices();
  }
}

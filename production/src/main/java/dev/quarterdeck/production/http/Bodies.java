package dev.quarterdeck.production.http;

import dev.quarterdeck.http.BodyFields;
import dev.quarterdeck.http.Request;
import dev.quarterdeck.production.ComponentQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads what the documented routes have in common.
final class Bodies {
  static final int MOST_COMPONENTS = 10_000;
  private static final int LONGEST = 1_000;

  private final JsonNode body;
  private final BodyFields fields;

  private Bodies(JsonNode body) {
    this.body = body;
    this.fields = BodyFields.of(body);
  }

  static Bodies of(Request request) {
    return new Bodies(request.json());
  }

  /// For fields that only one route has, and to check at the end.
  BodyFields fields() {
    return fields;
  }

  /// A name, from the first of these fields that has a value.
  Optional<String> name(String... names) {
    for (String name : names) {
      if (fields.has(name)) {
        return fields.optionalString(name, LONGEST).filter(text -> !text.isEmpty());
      }
    }
    return Optional.empty();
  }

  /// A name that must be there, in the first of these fields or another.
  String required(String... names) {
    Optional<String> value = name(names);
    if (value.isEmpty() && !fields.has(names[0])) {
      fields.violation(names[0], "Field required", "missing");
    } else if (value.isEmpty()) {
      fields.violation(names[0], "a text that is not empty is expected", "string_too_short");
    }
    return value.orElse("");
  }

  /// The component that the body itself names.
  ComponentQuery component() {
    return new ComponentQuery(
        name("component_type", "type").orElse(null), required("component_name", "name"));
  }

  /// The list `components`: objects with type and name, or names with their type as prefix.
  List<ComponentQuery> components() {
    JsonNode list = body.get("components");
    if (list == null || list.isNull()) {
      return List.of();
    }
    if (!list.isArray()) {
      fields.violation("components", "Input should be a valid list", "list_type");
      return List.of();
    }
    if (list.size() > MOST_COMPONENTS) {
      fields.violation(
          "components", "List should have at most " + MOST_COMPONENTS + " items", "too_long");
      return List.of();
    }
    List<ComponentQuery> components = new ArrayList<>(list.size());
    for (int i = 0; i < list.size(); i++) {
      components.add(component(list.get(i), "components[" + i + "]"));
    }
    return components;
  }

  private ComponentQuery component(JsonNode item, String where) {
    if (item.isString() && usable(item.stringValue())) {
      return new ComponentQuery(null, item.stringValue());
    }
    if (!item.isObject()) {
      fields.violation(
          where, "expected: an object with type and name, or a text TYPE.NAME", "dict_type");
      return new ComponentQuery(null, "");
    }
    String name = text(item, where, "name", "component_name");
    if (name == null) {
      fields.violation(where, "has no name (expected: a text)", "missing");
    }
    return new ComponentQuery(
        text(item, where, "type", "component_type"), name == null ? "" : name);
  }

  private @Nullable String text(JsonNode item, String where, String name, String otherName) {
    JsonNode value = item.path(name).isMissingNode() ? item.path(otherName) : item.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isString() || !usable(value.stringValue())) {
      fields.violation(
          where + "." + name,
          "expected: a text of 1 to %d characters".formatted(LONGEST),
          "string");
      return "?";
    }
    return value.stringValue();
  }

  private static boolean usable(String text) {
    return !text.isBlank() && text.length() <= LONGEST && text.indexOf(0) < 0;
  }
}

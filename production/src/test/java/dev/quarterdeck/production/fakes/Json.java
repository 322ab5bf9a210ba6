package dev.quarterdeck.production.fakes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// JSON of the fakes, and Bitbucket Cloud's partial answers.
final class Json {
  static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static ArrayNode array() {
    return MAPPER.createArrayNode();
  }

  static String text(JsonNode node) {
    return MAPPER.writeValueAsString(node);
  }

  /// What `fields` leaves of an answer: only the named, or all but the `-named`, plus the `+named`
  /// (the fake leaves nothing out by default, so that a plus adds nothing).
  static JsonNode partial(JsonNode whole, @Nullable String fields) {
    if (fields == null || fields.isEmpty()) {
      return whole;
    }
    List<String> only = new ArrayList<>();
    JsonNode rest = whole;
    for (String each : List.of(fields.split(",", -1))) {
      String field = each.strip();
      if (field.startsWith("-")) {
        rest = without(rest, List.of(field.substring(1).split("\\.")));
      } else if (!field.startsWith("+")) {
        only.add(field);
      }
    }
    return only.isEmpty() ? rest : only(rest, only);
  }

  private static JsonNode only(JsonNode node, List<String> fields) {
    if (node.isArray()) {
      ArrayNode result = array();
      node.forEach(item -> result.add(only(item, fields)));
      return result;
    }
    if (!node.isObject()) {
      return node;
    }
    Map<String, List<String>> inner = new TreeMap<>();
    for (String field : fields) {
      int dot = field.indexOf('.');
      List<String> rests =
          inner.computeIfAbsent(dot < 0 ? field : field.substring(0, dot), _ -> new ArrayList<>());
      rests.add(dot < 0 ? "*" : field.substring(dot + 1));
    }
    ObjectNode result = object();
    for (Map.Entry<String, JsonNode> each : new LinkedHashMap<>(properties(node)).entrySet()) {
      List<String> rests = inner.getOrDefault(each.getKey(), inner.get("*"));
      if (rests != null) {
        result.set(
            each.getKey(), rests.contains("*") ? each.getValue() : only(each.getValue(), rests));
      }
    }
    return result;
  }

  private static JsonNode without(JsonNode node, List<String> path) {
    if (node.isArray()) {
      ArrayNode result = array();
      node.forEach(item -> result.add(without(item, path)));
      return result;
    }
    if (!node.isObject() || path.isEmpty()) {
      return node;
    }
    ObjectNode result = object();
    properties(node)
        .forEach(
            (name, value) -> {
              if (!name.equals(path.getFirst())) {
                result.set(name, value);
              } else if (path.size() > 1) {
                result.set(name, without(value, path.subList(1, path.size())));
              }
            });
    return result;
  }

  private static Map<String, JsonNode> properties(JsonNode node) {
    Map<String, JsonNode> all = new LinkedHashMap<>();
    node.properties().forEach(each -> all.put(each.getKey(), each.getValue()));
    return all;
  }
}

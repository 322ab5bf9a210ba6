package dev.quarterdeck.testing.openapi;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Compares values with schemas: the part of JSON Schema that the OpenAPI documents here use. An
/// unknown keyword is an error, so that nothing passes unchecked; `additionalProperties: false` is
/// the one exception, because answers may have further fields.
final class SchemaCheck {
  private static final Set<String> ANNOTATIONS =
      Set.of(
          "title",
          "description",
          "default",
          "example",
          "examples",
          "readOnly",
          "writeOnly",
          "deprecated",
          "discriminator");
  private static final Set<String> CHECKED =
      Set.of(
          "$ref",
          "anyOf",
          "oneOf",
          "allOf",
          "enum",
          "const",
          "type",
          "format",
          "required",
          "properties",
          "additionalProperties",
          "items",
          "minimum",
          "maximum",
          "exclusiveMinimum",
          "exclusiveMaximum",
          "minLength",
          "maxLength",
          "minItems",
          "maxItems",
          "pattern");

  private final JsonNode document;

  SchemaCheck(JsonNode document) {
    this.document = document;
  }

  List<String> differences(JsonNode schema, JsonNode value) {
    List<String> found = new ArrayList<>();
    check(schema, value, "$", found);
    return found;
  }

  private void check(JsonNode schema, JsonNode value, String at, List<String> found) {
    if (schema.isBoolean()) {
      if (!schema.booleanValue()) {
        found.add(at + ": nothing is allowed here");
      }
      return;
    }
    unknownKeywords(schema);
    if (schema.has("$ref")) {
      check(resolve(schema.get("$ref").stringValue()), value, at, found);
    }
    for (JsonNode part : schema.path("allOf")) {
      check(part, value, at, found);
    }
    alternatives(schema.path("anyOf"), value, at, found);
    alternatives(schema.path("oneOf"), value, at, found);
    if (schema.has("const") && !schema.get("const").equals(value)) {
      found.add(at + ": " + brief(value) + " (expected: " + schema.get("const") + ")");
    }
    if (schema.has("enum") && !contains(schema.get("enum"), value)) {
      found.add(at + ": " + brief(value) + " (expected: one of " + schema.get("enum") + ")");
    }
    if (schema.has("type") && !hasType(schema.get("type"), value)) {
      found.add(at + ": " + brief(value) + " (expected: type " + schema.get("type") + ")");
      return;
    }
    if (value.isString()) {
      checkText(schema, value.stringValue(), at, found);
    } else if (value.isNumber()) {
      checkNumber(schema, value.doubleValue(), at, found);
    } else if (value.isObject()) {
      checkObject(schema, value, at, found);
    } else if (value.isArray()) {
      checkArray(schema, value, at, found);
    }
  }

  private static void unknownKeywords(JsonNode schema) {
    Set<String> unknown = new TreeSet<>(schema.propertyNames());
    unknown.removeAll(ANNOTATIONS);
    unknown.removeAll(CHECKED);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          unknown + ": keywords of JSON Schema that SchemaCheck does not know; teach it");
    }
  }

  private void alternatives(JsonNode schemas, JsonNode value, String at, List<String> found) {
    if (schemas.isEmpty()) {
      return;
    }
    List<String> closest = List.of();
    for (JsonNode schema : schemas) {
      List<String> differences = new ArrayList<>();
      check(schema, value, at, differences);
      if (differences.isEmpty()) {
        return;
      }
      if (closest.isEmpty() || differences.size() < closest.size()) {
        closest = differences;
      }
    }
    found.add(
        at
            + ": fits none of "
            + schemas.size()
            + " alternatives, the closest: "
            + closest.stream().limit(3).collect(Collectors.joining("; ")));
  }

  private JsonNode resolve(String reference) {
    if (!reference.startsWith("#/")) {
      throw new IllegalArgumentException(reference + ": a reference to another document");
    }
    JsonNode target = document.at(reference.substring(1));
    if (target.isMissingNode()) {
      throw new IllegalArgumentException(reference + ": the document has no such schema");
    }
    return target;
  }

  private static boolean contains(JsonNode list, JsonNode value) {
    for (JsonNode each : list) {
      if (each.equals(value)) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasType(JsonNode type, JsonNode value) {
    if (type.isArray()) {
      for (JsonNode each : type) {
        if (hasType(each, value)) {
          return true;
        }
      }
      return false;
    }
    String name = type.stringValue();
    return switch (name) {
      case "null" -> value.isNull();
      case "boolean" -> value.isBoolean();
      case "string" -> value.isString();
      case "integer" ->
          value.isIntegralNumber()
              || (value.isNumber() && value.doubleValue() == Math.rint(value.doubleValue()));
      case "number" -> value.isNumber();
      case "array" -> value.isArray();
      case "object" -> value.isObject();
      default -> throw new IllegalArgumentException(name + ": no type of JSON Schema");
    };
  }

  private static void checkText(JsonNode schema, String text, String at, List<String> found) {
    int length = text.codePointCount(0, text.length());
    if (schema.path("format").asString("").equals("date-time")) {
      try {
        OffsetDateTime.parse(text);
      } catch (DateTimeException notATime) {
        found.add(at + ": \"" + text + "\" (expected: a time with its offset, as in RFC 3339)");
      }
    }
    if (length < schema.path("minLength").asInt(0)) {
      found.add(at + ": shorter than " + schema.get("minLength"));
    }
    if (length > schema.path("maxLength").asInt(Integer.MAX_VALUE)) {
      found.add(at + ": longer than " + schema.get("maxLength"));
    }
    if (schema.has("pattern")
        && !Pattern.compile(schema.get("pattern").stringValue()).matcher(text).find()) {
      found.add(at + ": \"" + text + "\" (expected: the pattern " + schema.get("pattern") + ")");
    }
  }

  private static void checkNumber(JsonNode schema, double number, String at, List<String> found) {
    if (number < schema.path("minimum").asDouble(Double.NEGATIVE_INFINITY)
        || number > schema.path("maximum").asDouble(Double.POSITIVE_INFINITY)
        || (schema.has("exclusiveMinimum") && number <= schema.get("exclusiveMinimum").asDouble())
        || (schema.has("exclusiveMaximum")
            && number >= schema.get("exclusiveMaximum").asDouble())) {
      found.add(at + ": " + number + " is out of the documented range");
    }
  }

  private void checkObject(JsonNode schema, JsonNode value, String at, List<String> found) {
    for (JsonNode name : schema.path("required")) {
      if (!value.has(name.stringValue())) {
        found.add(at + "." + name.stringValue() + ": missing");
      }
    }
    JsonNode properties = schema.path("properties");
    JsonNode others = schema.path("additionalProperties");
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      String where = at + "." + field.getKey();
      if (properties.has(field.getKey())) {
        check(properties.get(field.getKey()), field.getValue(), where, found);
      } else if (others.isObject()) {
        check(others, field.getValue(), where, found);
      }
    }
  }

  private void checkArray(JsonNode schema, JsonNode value, String at, List<String> found) {
    if (value.size() < schema.path("minItems").asInt(0)
        || value.size() > schema.path("maxItems").asInt(Integer.MAX_VALUE)) {
      found.add(at + ": " + value.size() + " items, out of the documented range");
    }
    if (schema.has("items")) {
      for (int i = 0; i < value.size(); i++) {
        check(schema.get("items"), value.get(i), at + "[" + i + "]", found);
      }
    }
  }

  private static String brief(JsonNode value) {
    String text = value.toString();
    return text.length() <= 60 ? text : text.substring(0, 57) + "...";
  }
}

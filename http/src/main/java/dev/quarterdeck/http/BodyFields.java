package dev.quarterdeck.http;

import dev.quarterdeck.runtime.Problem;
import dev.quarterdeck.runtime.Problem.Violation;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads the fields of a JSON object and collects every broken rule, so that a caller learns all of
/// them at once. A reader returns a placeholder when a field breaks a rule; nothing may be done
/// with the values before [#check] has passed. Lengths count characters (code points). Text with a
/// NUL or an unpaired surrogate is refused: no store and no program could keep it.
///
/// Belongs to one thread.
public final class BodyFields {
  private final JsonNode object;
  private final List<Object> location;
  private final List<Violation> violations;

  private BodyFields(JsonNode object, List<Object> location, List<Violation> violations) {
    this.object = object;
    this.location = location;
    this.violations = violations;
  }

  /// The fields of a request's body.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException 422 when the body is not a JSON object
  public static BodyFields of(Request request) {
    return of(request.json());
  }

  /// The fields of an object already read.
  public static BodyFields of(JsonNode object) {
    return new BodyFields(object, List.of("body"), new ArrayList<>());
  }

  /// Whether the field is there and not null.
  public boolean has(String name) {
    return value(name) != null;
  }

  /// A text that must be there.
  public String string(String name, int minLength, int maxLength) {
    JsonNode value = required(name);
    return value == null ? "" : text(value, path(name), minLength, maxLength);
  }

  /// A text, or the fallback when it is absent or null.
  public String string(String name, int minLength, int maxLength, String fallback) {
    JsonNode value = value(name);
    return value == null ? fallback : text(value, path(name), minLength, maxLength);
  }

  /// A text that may be absent or null.
  public Optional<String> optionalString(String name, int maxLength) {
    return Optional.ofNullable(value(name)).map(value -> text(value, path(name), 0, maxLength));
  }

  /// One of the listed texts, or the fallback when it is absent or null.
  public String choice(String name, List<String> allowed, String fallback) {
    JsonNode value = value(name);
    if (value == null) {
      return fallback;
    }
    if (value.isString() && allowed.contains(value.stringValue())) {
      return value.stringValue();
    }
    String expected = allowed.stream().map(s -> "'" + s + "'").collect(Collectors.joining(", "));
    violation(name, "Input should be one of " + expected, "enum");
    return fallback;
  }

  /// A whole number that must be there.
  public int integer(String name, int min, int max) {
    JsonNode value = required(name);
    return value == null ? min : (int) whole(name, value, min, max);
  }

  /// A whole number, or the fallback when it is absent or null.
  public int integer(String name, int min, int max, int fallback) {
    return (int) number(name, min, max, fallback);
  }

  /// A truth value, or the fallback when it is absent or null.
  public boolean bool(String name, boolean fallback) {
    JsonNode value = value(name);
    if (value == null) {
      return fallback;
    }
    if (!value.isBoolean()) {
      violation(name, "Input should be a valid boolean", "bool_type");
      return fallback;
    }
    return value.booleanValue();
  }

  /// A list of texts, empty when it is absent or null.
  public List<String> strings(String name, int maxItems, int maxLength) {
    JsonNode value = value(name);
    if (value == null) {
      return List.of();
    }
    if (!value.isArray()) {
      violation(name, "Input should be a valid list", "list_type");
      return List.of();
    }
    if (value.size() > maxItems) {
      violation(name, "List should have at most " + maxItems + " items", "too_long");
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < value.size(); i++) {
      texts.add(text(value.get(i), append(path(name), i), 0, maxLength));
    }
    return texts;
  }

  /// The fields of an object inside this one, none when it is absent or null. Its violations are
  /// collected here.
  public Optional<BodyFields> object(String name) {
    JsonNode value = value(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!value.isObject()) {
      violation(name, "Input should be a valid dictionary", "dict_type");
      return Optional.empty();
    }
    return Optional.of(new BodyFields(value, path(name), violations));
  }

  /// The fields of each object of a list, empty when it is absent or null. Their violations are
  /// collected here.
  public List<BodyFields> objects(String name, int maxItems) {
    JsonNode value = value(name);
    if (value == null) {
      return List.of();
    }
    if (!value.isArray()) {
      violation(name, "Input should be a valid list", "list_type");
      return List.of();
    }
    if (value.size() > maxItems) {
      violation(name, "List should have at most " + maxItems + " items", "too_long");
      return List.of();
    }
    List<BodyFields> objects = new ArrayList<>();
    for (int i = 0; i < value.size(); i++) {
      List<Object> where = append(path(name), i);
      if (value.get(i).isObject()) {
        objects.add(new BodyFields(value.get(i), where, violations));
      } else {
        violations.add(new Violation(where, "Input should be a valid dictionary", "dict_type"));
      }
    }
    return objects;
  }

  /// Texts by name, in their order, empty when the object is absent or null.
  public Map<String, String> texts(String name, int maxItems, int maxLength) {
    Optional<BodyFields> found = object(name);
    Map<String, String> texts = new LinkedHashMap<>();
    if (found.isPresent() && found.get().object.size() > maxItems) {
      violation(name, "Dictionary should have at most " + maxItems + " items", "too_long");
    } else if (found.isPresent()) {
      for (String key : found.get().object.propertyNames()) {
        texts.put(key, found.get().string(key, 0, maxLength));
      }
    }
    return texts;
  }

  /// A whole number of any size, or the fallback when it is absent or null.
  public long number(String name, long min, long max, long fallback) {
    JsonNode value = value(name);
    return value == null ? fallback : whole(name, value, min, max);
  }

  /// The names of the fields that are none of these.
  public List<String> others(List<String> known) {
    return object.propertyNames().stream().filter(name -> !known.contains(name)).toList();
  }

  /// Adds a broken rule that the caller found.
  ///
  /// @param type stable name of the rule, in snake case
  public void violation(String name, String message, String type) {
    violations.add(new Violation(path(name), message, type));
  }

  /// Ends the reading.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException 422 with every broken rule
  public void check() {
    if (!violations.isEmpty()) {
      String fields =
          violations.stream()
              .map(v -> v.location().getLast() + ": " + v.message())
              .collect(Collectors.joining("; "));
      throw new Problem.Invalid("body_invalid", fields, violations).raise();
    }
  }

  private @Nullable JsonNode value(String name) {
    JsonNode value = object.get(name);
    return value == null || value.isNull() ? null : value;
  }

  private @Nullable JsonNode required(String name) {
    JsonNode value = object.get(name);
    if (value == null) {
      violation(name, "Field required", "missing");
    }
    return value;
  }

  private long whole(String name, JsonNode value, long min, long max) {
    if (!value.isIntegralNumber()) {
      violation(name, "Input should be a valid integer", "int_type");
      return min;
    }
    BigInteger number = value.bigIntegerValue();
    if (number.compareTo(BigInteger.valueOf(max)) > 0) {
      violation(name, "Input should be less than or equal to " + max, "less_than_equal");
    } else if (number.compareTo(BigInteger.valueOf(min)) < 0) {
      violation(name, "Input should be greater than or equal to " + min, "greater_than_equal");
    } else {
      return number.longValueExact();
    }
    return min;
  }

  private String text(JsonNode value, List<Object> where, int minLength, int maxLength) {
    if (!value.isString()) {
      violations.add(new Violation(where, "Input should be a valid string", "string_type"));
      return "";
    }
    String text = value.stringValue();
    int length = text.codePointCount(0, text.length());
    if (length > maxLength) {
      violations.add(
          new Violation(
              where, "String should have at most " + maxLength + " characters", "string_too_long"));
    } else if (length < minLength) {
      violations.add(
          new Violation(
              where,
              "String should have at least " + minLength + " characters",
              "string_too_short"));
    } else if (text.codePoints().anyMatch(BodyFields::unstorable)) {
      violations.add(
          new Violation(
              where, "String should contain no NUL and no lone surrogate", "string_unicode"));
    } else {
      return text;
    }
    return "";
  }

  private static boolean unstorable(int codePoint) {
    return codePoint == 0
        || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
  }

  private List<Object> path(String name) {
    return append(location, name);
  }

  private static List<Object> append(List<Object> head, Object last) {
    List<Object> all = new ArrayList<>(head);
    all.add(last);
    return all;
  }
}

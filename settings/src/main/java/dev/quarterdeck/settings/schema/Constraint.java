package dev.quarterdeck.settings.schema;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a setting's value must meet beyond its type. Immutable.
public final class Constraint {
  final @Nullable String min;
  final @Nullable String max;
  final int minLength;
  final int maxLength;
  final @Nullable String pattern;
  final boolean notBlank;
  final List<String> oneOf;

  private @Nullable Object least;
  private @Nullable Object greatest;
  private @Nullable Pattern compiled;

  /// See the members of `@Setting`; null where one has its default.
  public Constraint(
      @Nullable String min,
      @Nullable String max,
      int minLength,
      int maxLength,
      @Nullable String pattern,
      boolean notBlank,
      List<String> oneOf) {
    this.min = min;
    this.max = max;
    this.minLength = minLength;
    this.maxLength = maxLength;
    this.pattern = pattern;
    this.notBlank = notBlank;
    this.oneOf = oneOf;
  }

  /// What the value should have been, or null when it meets the constraint.
  public @Nullable String violation(Type type, Object value) {
    Type element = type.element();
    if (element != null) {
      return manyViolation(type, element, value);
    }
    if (min != null && below(type, value, min)) {
      return range();
    }
    if (max != null && above(type, value, max)) {
      return range();
    }
    if (minLength > 0 || maxLength < Integer.MAX_VALUE) {
      int length = type.length(value);
      if (length >= 0 && (length < minLength || length > maxLength)) {
        return lengths(value instanceof String) + ", not " + length;
      }
    }
    return value instanceof String text ? textViolation(text) : null;
  }

  /// What one element of a list, set or map should have been, or null when it meets the constraint.
  public @Nullable String elementViolation(Type element, Object value) {
    Constraint each = new Constraint(min, max, 0, Integer.MAX_VALUE, pattern, notBlank, oneOf);
    return each.violation(element, value);
  }

  /// Whether it limits the elements of a list, set or map, not only their number.
  public boolean limitsElements() {
    return min != null || max != null || pattern != null || notBlank || !oneOf.isEmpty();
  }

  private @Nullable String manyViolation(Type type, Type element, Object value) {
    int length = type.length(value);
    if (length < minLength || length > maxLength) {
      return lengths(false) + ", not " + length;
    }
    if (limitsElements()) {
      Iterable<?> all = value instanceof Map<?, ?> map ? map.values() : (Iterable<?>) value;
      for (Object one : all) {
        String violation = elementViolation(element, one);
        if (violation != null) {
          return "each element " + violation;
        }
      }
    }
    return null;
  }

  private boolean below(Type type, Object value, String bound) {
    Object parsed = least;
    if (parsed == null) {
      parsed = type.parse(bound);
      least = parsed;
    }
    Integer order = type.order(value, parsed);
    return order != null && order < 0;
  }

  private boolean above(Type type, Object value, String bound) {
    Object parsed = greatest;
    if (parsed == null) {
      parsed = type.parse(bound);
      greatest = parsed;
    }
    Integer order = type.order(value, parsed);
    return order != null && order > 0;
  }

  private @Nullable String textViolation(String text) {
    if (notBlank && text.isBlank()) {
      return "a text that is not blank";
    }
    if (!oneOf.isEmpty() && !oneOf.contains(text)) {
      return oneOf(oneOf);
    }
    if (pattern != null) {
      Pattern regex = compiled;
      if (regex == null) {
        regex = Pattern.compile(pattern);
        compiled = regex;
      }
      if (!regex.matcher(text).matches()) {
        return "a text that matches " + pattern;
      }
    }
    return null;
  }

  /// The constraint in words, empty when there is none.
  public String describe(Type type) {
    StringBuilder words = new StringBuilder(range());
    if (type.element() != null && limitsElements()) {
      String each =
          new Constraint(min, max, 0, Integer.MAX_VALUE, pattern, notBlank, oneOf)
              .describe(Types.TEXT);
      words = new StringBuilder("each ").append(each);
      boolean length = minLength > 0 || maxLength < Integer.MAX_VALUE;
      return words + (length ? ", " + lengths(false) : "");
    }
    if (minLength > 0 || maxLength < Integer.MAX_VALUE) {
      words.append(words.isEmpty() ? "" : ", ").append(lengths(type instanceof ScalarType));
    }
    if (notBlank) {
      words.append(words.isEmpty() ? "" : ", ").append("not blank");
    }
    if (!oneOf.isEmpty()) {
      words.append(words.isEmpty() ? "" : ", ").append(oneOf(oneOf));
    }
    if (pattern != null) {
      words.append(words.isEmpty() ? "" : ", ").append("matches ").append(pattern);
    }
    return words.toString();
  }

  /// Adds what JSON Schema says of the constraint.
  @SuppressWarnings("unchecked")
  public void describe(Type type, Map<String, Object> jsonSchema) {
    if (type.element() != null || type.tables() != null) {
      boolean array = jsonSchema.containsKey("items");
      if (minLength > 0) {
        jsonSchema.put(array ? "minItems" : "minProperties", minLength);
      }
      if (maxLength < Integer.MAX_VALUE) {
        jsonSchema.put(array ? "maxItems" : "maxProperties", maxLength);
      }
      Type element = type.element();
      if (element != null
          && jsonSchema.get(array ? "items" : "additionalProperties") instanceof Map<?, ?> one) {
        new Constraint(min, max, 0, Integer.MAX_VALUE, pattern, notBlank, oneOf)
            .describe(element, (Map<String, Object>) one);
      }
      return;
    }
    if (type.placeholder() instanceof Number) {
      if (min != null) {
        jsonSchema.put("minimum", type.plain(type.parse(min)));
      }
      if (max != null) {
        jsonSchema.put("maximum", type.plain(type.parse(max)));
      }
    }
    if (type.placeholder() instanceof String) {
      int least = notBlank ? Math.max(1, minLength) : minLength;
      if (least > 0) {
        jsonSchema.put("minLength", least);
      }
      if (maxLength < Integer.MAX_VALUE) {
        jsonSchema.put("maxLength", maxLength);
      }
      if (pattern != null) {
        jsonSchema.put("pattern", "^(?:" + pattern + ")$");
      }
      if (!oneOf.isEmpty()) {
        jsonSchema.put("enum", oneOf);
      }
    }
  }

  private String range() {
    if (min != null && max != null) {
      return min + " to " + max;
    }
    return min != null ? "at least " + min : max != null ? "at most " + max : "";
  }

  private String lengths(boolean text) {
    boolean single = maxLength == Integer.MAX_VALUE ? minLength == 1 : maxLength == 1;
    String things = (text ? " character" : " element") + (single ? "" : "s");
    if (maxLength == Integer.MAX_VALUE) {
      return "at least " + minLength + things;
    }
    return minLength == 0
        ? "at most " + maxLength + things
        : minLength + " to " + maxLength + things;
  }

  static String oneOf(List<String> texts) {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < texts.size(); i++) {
      words.append(i == 0 ? "" : i == texts.size() - 1 ? " or " : ", ").append(texts.get(i));
    }
    return words.toString();
  }
}

package dev.quarterdeck.bookmarks.linkding;

import dev.quarterdeck.http.Json;
import dev.quarterdeck.http.Request;
import dev.quarterdeck.runtime.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads the fields of a JSON body as linkding's serializers do, and collects what is wrong in
/// their words. Belongs to one thread.
final class Fields {
  private static final Set<String> TRUE = Set.of("true", "t", "1", "yes", "y", "on");
  private static final Set<String> FALSE = Set.of("false", "f", "0", "no", "n", "off", "");

  private final JsonNode object;
  private final List<Problem.Violation> violations = new ArrayList<>();

  private Fields(JsonNode object) {
    this.object = object;
  }

  /// @throws dev.quarterdeck.runtime.ProblemException 400 when the body is no JSON object
  static Fields of(Request request) {
    byte[] body = request.body();
    boolean empty = true;
    for (byte b : body) {
      empty &= b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }
    if (empty) {
      return new Fields(Json.parse(new byte[] {'{', '}'}));
    }
    JsonNode node;
    try {
      node = Json.parse(body);
    } catch (dev.quarterdeck.runtime.ProblemException malformed) {
      throw new Problem.BadRequest(
              "json_invalid", "JSON parse error - " + malformed.problem().detail())
          .raise();
    }
    if (!node.isObject()) {
      throw LinkdingProblems.field(
          "non_field_errors",
          "Invalid data. Expected a dictionary, but got %s."
              .formatted(node.isArray() ? "list" : "another value"));
    }
    return new Fields(node);
  }

  boolean has(String name) {
    return object.has(name);
  }

  /// A text; empty when the field is absent.
  ///
  /// @param required whether it must be there and hold something
  Optional<String> text(String name, int max, boolean required) {
    JsonNode value = object.get(name);
    if (value == null) {
      if (required) {
        wrong(name, LinkdingProblems.REQUIRED);
      }
      return Optional.empty();
    }
    if (value.isNull()) {
      if (required) {
        wrong(name, "This field may not be null.");
      }
      return Optional.of("");
    }
    if (!value.isString() && !value.isNumber()) {
      wrong(name, "Not a valid string.");
      return Optional.of("");
    }
    String text = value.asString();
    if (text.indexOf('\0') >= 0) {
      wrong(name, "Null characters are not allowed.");
    } else if (!storable(text)) {
      wrong(name, "Surrogate characters are not allowed: U+D800 to U+DFFF.");
    } else if (required && text.isBlank()) {
      wrong(name, "This field may not be blank.");
    } else if (text.codePointCount(0, text.length()) > max) {
      wrong(name, "Ensure this field has no more than %d characters.".formatted(max));
    }
    return Optional.of(text);
  }

  private static boolean storable(String text) {
    return text.codePoints()
        .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  Optional<Boolean> bool(String name) {
    JsonNode value = object.get(name);
    if (value == null) {
      return Optional.empty();
    }
    String text = value.isContainer() ? "?" : value.asString("").toLowerCase(Locale.ROOT);
    if (value.isNull()) {
      wrong(name, "This field may not be null.");
    } else if (TRUE.contains(text)) {
      return Optional.of(true);
    } else if (!FALSE.contains(text)) {
      wrong(name, "Must be a valid boolean.");
    }
    return Optional.of(false);
  }

  /// A whole number that is not negative.
  Optional<Integer> number(String name) {
    JsonNode value = object.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 0) {
      wrong(name, "A valid integer is required.");
      return Optional.empty();
    }
    return Optional.of(value.intValue());
  }

  Optional<List<String>> texts(String name) {
    JsonNode value = object.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!value.isArray()) {
      wrong(
          name,
          "Expected a list of items but got type \"%s\"."
              .formatted(value.isString() ? "str" : value.isObject() ? "dict" : "int"));
      return Optional.of(List.of());
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode item : value) {
      if (item.isString() || item.isNumber()) {
        texts.add(item.asString());
      } else {
        wrong(name, "Not a valid string.");
      }
    }
    return Optional.of(texts);
  }

  Optional<Instant> time(String name) {
    JsonNode value = object.get(name);
    if (value == null || value.isNull()) {
      return Optional.empty();
    }
    Instant time = value.isString() ? parse(value.stringValue()) : null;
    if (time == null) {
      wrong(
          name,
          "Datetime has wrong format. Use one of these formats instead:"
              + " YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].");
    }
    return Optional.ofNullable(time);
  }

  /// A time of the years 1 to 9999; null when it is none.
  static @Nullable Instant parse(String raw) {
    String text = raw.strip().replaceFirst("^(\\d{4}-\\d\\d-\\d\\d) (\\d\\d:)", "$1T$2");
    try {
      return bounded(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException noOffset) {
      try {
        String full = text.length() == 10 ? text + "T00:00" : text;
        return bounded(LocalDateTime.parse(full).toInstant(ZoneOffset.UTC));
      } catch (DateTimeException none) {
        return null;
      }
    }
  }

  private static @Nullable Instant bounded(Instant time) {
    int year = time.atOffset(ZoneOffset.UTC).getYear();
    return year >= 1 && year <= 9999 ? time : null;
  }

  void wrong(String name, String message) {
    violations.add(new Problem.Violation(List.of("body", name), message, "invalid"));
  }

  /// @throws dev.quarterdeck.runtime.ProblemException 400 with all that is wrong
  void check() {
    if (!violations.isEmpty()) {
      throw new Problem.Invalid("body_invalid", "Fields are wrong.", violations).raise();
    }
  }
}

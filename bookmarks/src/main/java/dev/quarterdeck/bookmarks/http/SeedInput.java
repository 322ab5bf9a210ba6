package dev.quarterdeck.bookmarks.http;

import dev.quarterdeck.bookmarks.BookmarkSettings;
import dev.quarterdeck.http.Request;
import dev.quarterdeck.runtime.Problem;
import dev.quarterdeck.runtime.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads the requests of the seed's API, whose every complaint is a 400 with the first broken rule.
final class SeedInput {
  private final JsonNode body;

  private SeedInput(JsonNode body) {
    this.body = body;
  }

  /// The body, which must be a JSON object.
  static SeedInput of(Request request) {
    JsonNode body;
    try {
      body = request.json();
    } catch (ProblemException malformed) {
      if (malformed.problem() instanceof Problem.Invalid invalid) {
        throw bad(invalid.code(), invalid.detail());
      }
      throw malformed;
    }
    return new SeedInput(body);
  }

  static RuntimeException bad(String code, String text) {
    return new Problem.BadRequest(code, text).raise();
  }

  boolean has(String name) {
    return body.has(name);
  }

  /// A text that must not be blank.
  ///
  /// @param complaint the answer when it is absent, no text, or blank
  String required(String name, String complaint) {
    String text = text(name);
    if (text == null || text.isBlank()) {
      throw bad(name + "_invalid", complaint);
    }
    return text;
  }

  /// A text that may be absent or null.
  Optional<String> optional(String name) {
    JsonNode value = body.get(name);
    if (value == null || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isString()) {
      throw bad(name + "_invalid", "%s: must be a text".formatted(name));
    }
    return Optional.of(value.stringValue());
  }

  Optional<Boolean> bool(String name) {
    JsonNode value = body.get(name);
    if (value == null || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isBoolean()) {
      throw bad(name + "_invalid", "%s: must be true or false".formatted(name));
    }
    return Optional.of(value.booleanValue());
  }

  /// A list of texts that may be absent or null.
  Optional<List<String>> texts(String name) {
    JsonNode value = body.get(name);
    if (value == null || value.isNull()) {
      return Optional.empty();
    }
    List<String> texts = new ArrayList<>();
    boolean good = value.isArray();
    for (JsonNode item : value.values()) {
      good &= item.isString();
      texts.add(item.stringValue(""));
    }
    if (!good) {
      throw bad(name + "_invalid", "%s: must be a list of texts".formatted(name));
    }
    return Optional.of(texts);
  }

  private @Nullable String text(String name) {
    JsonNode value = body.get(name);
    return value == null ? null : value.stringValue(null);
  }

  /// The page length asked for: PAGE_SIZE unless said otherwise, at most MAX_PAGE_SIZE.
  static int perPage(Request request, BookmarkSettings settings) {
    return number(request, "per_page", settings.pageSize(), settings.maxPageSize());
  }

  /// A whole number of the query from 1 on.
  static int number(Request request, String name, int fallback, int max) {
    Optional<String> text = request.query(name);
    if (text.isEmpty()) {
      return Math.min(fallback, max);
    }
    int number;
    try {
      number = Integer.parseInt(text.get());
    } catch (NumberFormatException noNumber) {
      number = 0;
    }
    if (number < 1 || number > max) {
      throw bad(
          name + "_invalid",
          "%s: %s (expected: a whole number from 1 to %d)".formatted(name, shown(text.get()), max));
    }
    return number;
  }

  /// A value as a message shows it: not longer than a line.
  static String shown(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }
}

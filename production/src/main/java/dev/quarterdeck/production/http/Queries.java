package dev.quarterdeck.production.http;

import dev.quarterdeck.http.Request;
import dev.quarterdeck.runtime.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads query parameters.
final class Queries {
  private static final int LONGEST = 1_000;

  private Queries() {}

  /// A text, when it is there and not empty.
  static Optional<String> text(Request request, String name) {
    Optional<String> value = request.query(name).filter(text -> !text.isEmpty());
    value.ifPresent(text -> checked(name, text));
    return value;
  }

  static String required(Request request, String name) {
    return text(request, name)
        .orElseThrow(() -> invalid(name, "is missing (expected: a text)", "missing"));
  }

  /// Several texts: given several times, or divided by commas.
  static Set<String> texts(Request request, String name) {
    Set<String> all = new LinkedHashSet<>();
    for (String value : request.queryAll(name)) {
      for (String one : value.split(",", -1)) {
        if (!one.isEmpty()) {
          all.add(checked(name, one));
        }
      }
    }
    return all;
  }

  private static String checked(String name, String text) {
    if (text.length() > LONGEST || text.indexOf(0) >= 0) {
      throw invalid(name, "expected: at most %d characters".formatted(LONGEST), "string_too_long");
    }
    return text;
  }

  /// Some of the constants, in any case.
  static <E extends Enum<E>> Set<E> constants(Request request, String name, Class<E> type) {
    Set<E> found = new LinkedHashSet<>();
    List<E> all = List.of(type.getEnumConstants());
    for (String text : texts(request, name)) {
      found.add(
          all.stream()
              .filter(each -> each.name().equals(text.toUpperCase(Locale.ROOT)))
              .findFirst()
              .orElseThrow(
                  () ->
                      invalid(
                          name,
                          "expected: one of "
                              + Arrays.stream(type.getEnumConstants())
                                  .map(Enum::name)
                                  .collect(Collectors.joining(", ")),
                          "enum")));
    }
    return found;
  }

  /// A moment: a date, which begins at midnight UTC, or a time in ISO 8601.
  static Optional<Instant> moment(Request request, String name) {
    return text(request, name).map(text -> moment(name, text));
  }

  private static Instant moment(String name, String text) {
    try {
      return text.length() <= 10
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
    } catch (DateTimeException wrong) {
      throw invalid(
          name, "expected: a date or a time in ISO 8601, as 2026-01-31T12:00:00Z", "datetime");
    }
  }

  static boolean flag(Request request, String name) {
    return text(request, name)
        .map(
            text ->
                switch (text) {
                  case "true", "1" -> true;
                  case "false", "0" -> false;
                  default -> throw invalid(name, "expected: true or false", "bool_parsing");
                })
        .orElse(false);
  }

  private static RuntimeException invalid(String name, String message, String type) {
    return new Problem.Invalid(
            "query_invalid",
            name + ": " + message,
            List.of(new Problem.Violation(List.of("query", name), message, type)))
        .raise();
  }
}

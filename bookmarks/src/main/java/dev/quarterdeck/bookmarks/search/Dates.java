package dev.quarterdeck.bookmarks.search;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Dates as queries write them: a day, a month or a year, in UTC.
final class Dates {
  static final String EXPECTED = "a date: 2026-01-31, 2026-01 or 2026";
  private static final Pattern DATE = Pattern.compile("(\\d{4})(?:-(\\d{1,2})(?:-(\\d{1,2}))?)?");

  private Dates() {}

  /// The first moment of a date.
  static Instant start(int at, String qualifier, String value) throws InvalidQuery {
    Matcher date = DATE.matcher(value);
    try {
      if (date.matches()) {
        return LocalDate.of(
                Integer.parseInt(date.group(1)), part(date.group(2)), part(date.group(3)))
            .atStartOfDay(ZoneOffset.UTC)
            .toInstant();
      }
    } catch (DateTimeException noSuchDay) {
      throw invalid(at, qualifier, value);
    }
    throw invalid(at, qualifier, value);
  }

  private static int part(@Nullable String digits) {
    return digits == null ? 1 : Integer.parseInt(digits);
  }

  private static InvalidQuery invalid(int at, String qualifier, String value) {
    return new InvalidQuery(at, "%s:%s (expected: %s)".formatted(qualifier, value, EXPECTED));
  }
}

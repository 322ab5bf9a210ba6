package dev.quarterdeck.bookmarks.exchange;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;

/// The dates that bookmark files hold. Seconds are the rule; files with milli-, micro- and
/// nanoseconds exist, with microseconds since 1601, and with ISO 8601.
final class FileDates {
  private static final long MILLIS_FROM = 100_000_000_000L;
  private static final long MICROS_FROM = 100_000_000_000_000L;
  private static final long NANOS_FROM = 100_000_000_000_000_000L;
  private static final long SECONDS_1601_TO_1970 = 11_644_473_600L;

  /// In microseconds the year 2200; later ones count from 1601.
  private static final long LAST_MICROS = 7_258_118_400_000_000L;

  private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,19}([.,][0-9]*)?");

  private FileDates() {}

  /// Whether a text is there that should be a date: empty and 0 say that there is none.
  static boolean present(String text) {
    String stripped = text.strip();
    return !stripped.isEmpty() && !stripped.equals("0") && !stripped.equals("-1");
  }

  /// Reads a date of unknown unit; empty when it is none.
  static Optional<Instant> read(String text) {
    String stripped = text.strip();
    if (!present(stripped)) {
      return Optional.empty();
    }
    if (!NUMBER.matcher(stripped).matches()) {
      return iso(stripped);
    }
    try {
      return epoch(Long.parseLong(stripped.split("[.,]", 2)[0]));
    } catch (NumberFormatException tooLarge) {
      return Optional.empty();
    }
  }

  /// Reads microseconds since 1601, as Chrome counts.
  static Optional<Instant> since1601(String text) {
    if (!present(text) || !text.strip().matches("[0-9]{1,18}")) {
      return Optional.empty();
    }
    return micros(Long.parseLong(text.strip()) - SECONDS_1601_TO_1970 * 1_000_000);
  }

  private static Optional<Instant> epoch(long value) {
    if (value <= 0) {
      return Optional.empty();
    }
    if (value < MILLIS_FROM) {
      return Optional.of(Instant.ofEpochSecond(value));
    }
    if (value < MICROS_FROM) {
      return Optional.of(Instant.ofEpochMilli(value));
    }
    if (value < NANOS_FROM) {
      return micros(value > LAST_MICROS ? value - SECONDS_1601_TO_1970 * 1_000_000 : value);
    }
    return micros(value / 1000);
  }

  private static Optional<Instant> micros(long value) {
    return value <= 0
        ? Optional.empty()
        : Optional.of(Instant.ofEpochSecond(value / 1_000_000, value % 1_000_000 * 1000));
  }

  private static Optional<Instant> iso(String text) {
    String joined = text.replaceFirst("^(\\d{4}-\\d\\d-\\d\\d) (\\d)", "$1T$2");
    try {
      return Optional.of(OffsetDateTime.parse(joined).toInstant()).filter(FileDates::sane);
    } catch (DateTimeException noOffset) {
      try {
        return Optional.of(LocalDateTime.parse(joined).toInstant(ZoneOffset.UTC))
            .filter(FileDates::sane);
      } catch (DateTimeException none) {
        return Optional.empty();
      }
    }
  }

  private static boolean sane(Instant time) {
    return time.getEpochSecond() > 0 && time.getEpochSecond() < MILLIS_FROM;
  }
}

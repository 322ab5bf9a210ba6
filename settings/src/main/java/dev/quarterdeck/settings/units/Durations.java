package dev.quarterdeck.settings.units;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The notation of durations: `2s`, `500ms`, `24h`, `7d`, `1h30m`, `1.5s`, `PT1H30M`, or a bare
/// number in the unit that the setting declares.
public final class Durations {
  /// The longest duration, so that it fits in nanoseconds: some 292 years.
  public static final Duration GREATEST = Duration.ofNanos(Long.MAX_VALUE);

  private record Unit(String name, ChronoUnit unit) {}

  /// From the longest to the shortest; the first name of a unit is the one that is written.
  private static final List<Unit> UNITS =
      List.of(
          new Unit("d", ChronoUnit.DAYS),
          new Unit("h", ChronoUnit.HOURS),
          new Unit("m", ChronoUnit.MINUTES),
          new Unit("min", ChronoUnit.MINUTES),
          new Unit("s", ChronoUnit.SECONDS),
          new Unit("ms", ChronoUnit.MILLIS),
          new Unit("us", ChronoUnit.MICROS),
          new Unit("µs", ChronoUnit.MICROS),
          new Unit("ns", ChronoUnit.NANOS));

  private Durations() {}

  /// Reads a duration: numbers with the units `d`, `h`, `m` or `min`, `s`, `ms`, `us`, `ns`, from
  /// the longest to the shortest and without spaces; or ISO-8601; or a bare number.
  ///
  /// @param bareUnit the unit of a number without one; not longer than a day
  /// @throws IllegalArgumentException with a message that starts with "expected" and does not
  ///   repeat the text, for anything else, a negative duration, and one longer than [#GREATEST]
  public static Duration parse(String text, ChronoUnit bareUnit) {
    if (text.startsWith("-")) {
      throw negative();
    }
    if (text.startsWith("P")) {
      return iso(text);
    }
    long nanos = 0;
    ChronoUnit before = null;
    String rest = text;
    do {
      Quantity quantity = Quantity.split(rest, false);
      if (quantity == null) {
        throw malformed();
      }
      int length = letters(quantity.unit());
      String name = quantity.unit().substring(0, length);
      boolean bare = name.isEmpty() && before == null && quantity.unit().isEmpty();
      ChronoUnit unit = bare ? bareUnit : unit(name);
      if (unit == null || (before != null && unit.compareTo(before) >= 0)) {
        throw malformed();
      }
      nanos = sum(nanos, quantity.times(unit.getDuration().toNanos()));
      before = unit;
      rest = quantity.unit().substring(length);
    } while (!rest.isEmpty());
    return Duration.ofNanos(nanos);
  }

  private static int letters(String text) {
    int end = 0;
    while (end < text.length() && Character.isLetter(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static @Nullable ChronoUnit unit(String name) {
    for (Unit unit : UNITS) {
      if (unit.name.equals(name)) {
        return unit.unit;
      }
    }
    return null;
  }

  private static long sum(long nanos, @Nullable Long more) {
    if (more == null || nanos > Long.MAX_VALUE - more) {
      throw outOfRange();
    }
    return nanos + more;
  }

  private static Duration iso(String text) {
    Duration duration;
    try {
      duration = Duration.parse(text);
    } catch (DateTimeParseException e) {
      // Its message would repeat the text.
      throw malformed();
    }
    if (duration.isNegative() || text.contains("-")) {
      throw negative();
    }
    if (duration.compareTo(GREATEST) > 0) {
      throw outOfRange();
    }
    return duration;
  }

  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException(
        "expected a duration such as 2s, 500ms, 1h30m, 7d or PT1H30M");
  }

  private static IllegalArgumentException negative() {
    return new IllegalArgumentException(
        "expected a duration that is not negative, such as 2s or 500ms");
  }

  private static IllegalArgumentException outOfRange() {
    return new IllegalArgumentException(
        "expected a duration of whole nanoseconds and at most %d days"
            .formatted(GREATEST.toDays()));
  }

  /// A notation that [#parse] reads back as the same duration, whatever the unit of bare numbers: a
  /// whole number of the longest unit that allows it. What [#parse] never gives is written as
  /// ISO-8601.
  public static String format(Duration duration) {
    if (duration.isNegative() || duration.compareTo(GREATEST) > 0) {
      return duration.toString();
    }
    if (duration.isZero()) {
      return "0s";
    }
    long nanos = duration.toNanos();
    for (Unit unit : UNITS) {
      long length = unit.unit.getDuration().toNanos();
      if (nanos % length == 0) {
        return nanos / length + unit.name;
      }
    }
    return duration.toString();
  }
}

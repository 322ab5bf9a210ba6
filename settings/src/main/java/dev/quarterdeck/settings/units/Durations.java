package dev.quarterdeck.settings.units;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/// The notation of durations: `2s`, `500ms`, `24h`, `7d`, `1h30m`, `1.5s`, `PT1H30M`, or a bare
/// number in the unit that the setting declares.
public final class Durations {
  private Durations() {}

  /// Reads a duration.
  ///
  /// @param bareUnit the unit of a number without one; not longer than a day
  /// @throws IllegalArgumentException with a message that starts with "expected" and does not
  ///   repeat the text, for anything else, a negative duration, and one that does not fit
  public static Duration parse(String text, ChronoUnit bareUnit) {
    throw new IllegalArgumentException("expected a duration");
  }

  /// The shortest notation that [#parse] reads back as the same duration, whatever the unit of bare
  /// numbers.
  public static String format(Duration duration) {
    return duration.toString();
  }
}

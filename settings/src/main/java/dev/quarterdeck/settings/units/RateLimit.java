package dev.quarterdeck.settings.units;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// At most so many in each period: `100/minute`, `10 per hour`, `5/2 seconds`.
///
/// @param permits how many, at least 1
/// @param period the length of the window
public record RateLimit(long permits, Duration period) {
  private static final Pattern GRAMMAR =
      Pattern.compile(
          "([0-9]{1,18})(?: ?/ ?| per )(?:([0-9]{1,9}) ?)?(second|minute|hour|day)s?",
          Pattern.CASE_INSENSITIVE);

  /// Reads one limit: a number, `/` or `per`, and `second`, `minute`, `hour` or `day`, singular or
  /// plural, in any case, with a number before it for longer periods.
  ///
  /// @throws IllegalArgumentException with a message that starts with "expected" and does not
  ///   repeat the text
  public static RateLimit parse(String text) {
    Matcher matcher = GRAMMAR.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "expected a limit such as 100/minute, 10 per hour or 5/2 seconds, with ; between"
              + " several");
    }
    long permits = Long.parseLong(matcher.group(1));
    long times = matcher.group(2) == null ? 1 : Long.parseLong(matcher.group(2));
    if (permits < 1 || times < 1) {
      throw new IllegalArgumentException(
          "expected a limit of at least 1 in a period of at least 1, such as 100/minute");
    }
    Duration unit =
        switch (matcher.group(3).toLowerCase(Locale.ROOT)) {
          case "second" -> Duration.ofSeconds(1);
          case "minute" -> Duration.ofMinutes(1);
          case "hour" -> Duration.ofHours(1);
          default -> Duration.ofDays(1);
        };
    if (times > Durations.GREATEST.dividedBy(unit)) {
      throw new IllegalArgumentException(
          "expected a period of at most %d days".formatted(Durations.GREATEST.toDays()));
    }
    return new RateLimit(permits, unit.multipliedBy(times));
  }
}

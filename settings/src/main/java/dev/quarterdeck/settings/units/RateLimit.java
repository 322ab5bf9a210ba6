package dev.quarterdeck.settings.units;

import java.time.Duration;
import java.util.Locale;

/// At most so many in each period: `100/minute`, `10 per hour`, `5/2 seconds`.
///
/// @param permits how many, at least 1
/// @param period the length of the window
public record RateLimit(long permits, Duration period) {
  /// Reads one limit: a number, `/` or `per`, and `second`, `minute`, `hour` or `day`, singular or
  /// plural, in any case, with a number before it for longer periods.
  ///
  /// @throws IllegalArgumentException with a message that starts with "expected" and does not
  ///   repeat the text
  public static RateLimit parse(String text) {
    String limit = text.strip();
    int end = Quantity.digits(limit, 0);
    long permits = number(limit, 0, end);
    int at = afterPer(limit, end);
    int times = Quantity.digits(limit, at);
    long count = times == at ? 1 : number(limit, at, times);
    Duration unit = unit(limit.substring(times > at && isSpace(limit, times) ? times + 1 : times));
    if (permits < 1 || count < 1) {
      throw new IllegalArgumentException(
          "expected a limit of at least 1 in a period of at least 1, such as 100/minute");
    }
    if (count > Durations.GREATEST.toSeconds() / unit.toSeconds()) {
      throw new IllegalArgumentException(
          "expected a period of at most " + Durations.GREATEST.toDays() + " days");
    }
    return new RateLimit(permits, unit.multipliedBy(count));
  }

  private static long number(String text, int from, int to) {
    if (to == from || to - from > 18) {
      throw malformed();
    }
    return Long.parseLong(text, from, to, 10);
  }

  private static boolean isSpace(String text, int at) {
    return at < text.length() && text.charAt(at) == ' ';
  }

  /// Where the period starts, behind `/` or `per`.
  private static int afterPer(String text, int from) {
    if (text.regionMatches(true, from, " per ", 0, 5)) {
      return from + 5;
    }
    int slash = isSpace(text, from) ? from + 1 : from;
    if (slash >= text.length() || text.charAt(slash) != '/') {
      throw malformed();
    }
    return isSpace(text, slash + 1) ? slash + 2 : slash + 1;
  }

  private static Duration unit(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "second", "seconds" -> Duration.ofSeconds(1);
      case "minute", "minutes" -> Duration.ofMinutes(1);
      case "hour", "hours" -> Duration.ofHours(1);
      case "day", "days" -> Duration.ofDays(1);
      default -> throw malformed();
    };
  }

  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException(
        "expected a limit such as 100/minute, 10 per hour or 5/2 seconds, with ; between several");
  }
}

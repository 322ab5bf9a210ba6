package dev.quarterdeck.settings.toml;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// Reads dates and times. The first fault wins.
final class DateTimeScanner {
  private final Source source;
  private final byte[] bytes;
  private int at;
  private int to;
  private @Nullable String fault;

  DateTimeScanner(Source source) {
    this.source = source;
    this.bytes = source.bytes;
  }

  /// Reads the date or time in a stretch of the current line that starts at the cursor; null when
  /// it is faulty, which is then reported.
  @Nullable TomlDateTime read(int from, int end) {
    at = from;
    to = end;
    fault = null;
    boolean spaced =
        end - from == 10
            && end + 1 < source.end
            && bytes[end] == ' '
            && bytes[end + 1] >= '0'
            && bytes[end + 1] <= '9';
    if (spaced) {
      to = end + 1;
      while (to < source.end && isTime(bytes[to])) {
        to++;
      }
    }
    Span span = source.upTo(to);
    TomlDateTime value = value(span);
    source.pos = to;
    if (fault == null && value != null) {
      return value;
    }
    source.error(
        TomlCodes.BAD_DATE_TIME,
        span,
        fault == null ? "not a date or time" : fault,
        "write 2026-01-31, 07:30:00, 2026-01-31T07:30:00 or 2026-01-31T07:30:00Z, or put text in"
            + " quotes");
    return null;
  }

  private static boolean isTime(byte b) {
    return TomlText.isBare(b) || b == ':' || b == '.' || b == '+';
  }

  private @Nullable TomlDateTime value(Span span) {
    if (to - at < 5 || bytes[at + 2] == ':') {
      LocalTime time = time();
      return end() && time != null ? new TomlDateTime.Time(time, span) : null;
    }
    LocalDate date = date();
    if (date == null || at == to) {
      return date == null ? null : new TomlDateTime.Date(date, span);
    }
    if (bytes[at] != 'T' && bytes[at] != 't' && bytes[at] != ' ') {
      return null;
    }
    at++;
    LocalTime time = time();
    if (time == null) {
      return null;
    }
    LocalDateTime local = LocalDateTime.of(date, time);
    if (at == to) {
      return new TomlDateTime.Local(local, span);
    }
    OffsetDateTime value = offset(local);
    return end() && value != null ? new TomlDateTime.Offset(value, span) : null;
  }

  private boolean end() {
    return at == to;
  }

  private @Nullable LocalDate date() {
    int year = digits(4);
    if (year < 0 || !step('-')) {
      return null;
    }
    int month = digits(2);
    if (month < 0 || !step('-')) {
      return null;
    }
    int day = digits(2);
    if (day < 0) {
      return null;
    }
    if (month < 1 || month > 12) {
      return fault("a date whose month is not 01 to 12");
    }
    if (day < 1 || day > YearMonth.of(year, month).lengthOfMonth()) {
      return fault("a day that its month does not have");
    }
    return LocalDate.of(year, month, day);
  }

  private @Nullable LocalTime time() {
    int hour = digits(2);
    if (hour < 0 || !step(':')) {
      return null;
    }
    int minute = digits(2);
    if (minute < 0) {
      return null;
    }
    int second = 0;
    int nano = 0;
    if (step(':')) {
      second = digits(2);
      nano = second >= 0 && step('.') ? fraction() : 0;
      if (second < 0 || nano < 0) {
        return null;
      }
    } else if (source.version == TomlVersion.V1_0) {
      return fault("a time without seconds, which TOML 1.0 does not have");
    }
    if (hour > 23 || minute > 59 || second > 59) {
      return fault("a time that no day has");
    }
    return LocalTime.of(hour, minute, second, nano);
  }

  private int fraction() {
    int from = at;
    int nano = 0;
    int scale = 100_000_000;
    while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
      nano += (bytes[at] - '0') * scale;
      scale /= 10;
      at++;
    }
    return at > from ? nano : -1;
  }

  private @Nullable OffsetDateTime offset(LocalDateTime local) {
    if (step('Z') || step('z')) {
      return OffsetDateTime.of(local, ZoneOffset.UTC);
    }
    boolean negative = bytes[at] == '-';
    if (!negative && bytes[at] != '+') {
      return null;
    }
    at++;
    int hours = digits(2);
    if (hours < 0 || !step(':')) {
      return null;
    }
    int minutes = digits(2);
    if (minutes < 0) {
      return null;
    }
    if (hours > 23 || minutes > 59) {
      return fault("an offset over 23:59");
    }
    int seconds = (hours * 60 + minutes) * (negative ? -60 : 60);
    // java.time stops at 18 hours; beyond, the same instant stands at UTC.
    if (Math.abs(seconds) <= 18 * 3600) {
      return OffsetDateTime.of(local, ZoneOffset.ofTotalSeconds(seconds));
    }
    LocalDateTime utc = local.minusSeconds(seconds);
    return utc.getYear() < 0 || utc.getYear() > 9999
        ? fault("an offset over 18:00 at the end of the calendar")
        : OffsetDateTime.of(utc, ZoneOffset.UTC);
  }

  private int digits(int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
      if (at >= to || bytes[at] < '0' || bytes[at] > '9') {
        return -1;
      }
      value = value * 10 + (bytes[at++] - '0');
    }
    return value;
  }

  private boolean step(char c) {
    boolean there = at < to && bytes[at] == c;
    at += there ? 1 : 0;
    return there;
  }

  private <T> @Nullable T fault(String message) {
    fault = message;
    return null;
  }
}

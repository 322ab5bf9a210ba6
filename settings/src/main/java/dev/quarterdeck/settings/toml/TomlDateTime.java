package dev.quarterdeck.settings.toml;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.temporal.Temporal;

/// A date, a time, or both. Fractions of a second are kept to nanoseconds, further digits dropped.
public sealed interface TomlDateTime extends TomlNode {
  /// The value as a type of java.time.
  Temporal value();

  @Override
  default boolean sameValue(TomlNode other) {
    return other instanceof TomlDateTime that && that.value().equals(value());
  }

  /// A date and time with its offset from UTC: `1979-05-27T07:32:00Z`.
  record Offset(OffsetDateTime value, Span span) implements TomlDateTime {
    @Override
    public String kind() {
      return "offset date-time";
    }
  }

  /// A date and time without an offset: `1979-05-27T07:32:00`.
  record Local(LocalDateTime value, Span span) implements TomlDateTime {
    @Override
    public String kind() {
      return "local date-time";
    }
  }

  /// A day: `1979-05-27`.
  record Date(LocalDate value, Span span) implements TomlDateTime {
    @Override
    public String kind() {
      return "local date";
    }
  }

  /// A time of day: `07:32:00`.
  record Time(LocalTime value, Span span) implements TomlDateTime {
    @Override
    public String kind() {
      return "local time";
    }
  }
}

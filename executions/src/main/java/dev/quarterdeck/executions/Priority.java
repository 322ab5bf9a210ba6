package dev.quarterdeck.executions;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How urgent an execution is. The queue serves a higher priority first, always.
public enum Priority {
  CRITICAL,
  HIGH,
  NORMAL,
  LOW,
  BACKGROUND;

  private final String text = name().toLowerCase(Locale.ROOT);

  /// The name on the wire.
  public String text() {
    return text;
  }

  /// The priority with this name on the wire.
  public static Optional<Priority> of(String text) {
    return Arrays.stream(values()).filter(value -> value.text.equals(text)).findFirst();
  }
}

package dev.quarterdeck.executions;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The status of an execution as the API says it.
public enum ExecutionStatus {
  QUEUED,
  SCHEDULED,
  RUNNING,
  COMPLETED,
  FAILED,
  TIMEOUT,
  CANCELLED,
  ERROR;

  private final String text = name().toLowerCase(Locale.ROOT);

  /// The name on the wire.
  public String text() {
    return text;
  }

  /// The status with this name on the wire.
  public static Optional<ExecutionStatus> of(String text) {
    return Arrays.stream(values()).filter(value -> value.text.equals(text)).findFirst();
  }
}

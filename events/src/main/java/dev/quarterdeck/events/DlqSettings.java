package dev.quarterdeck.events;

import dev.quarterdeck.settings.Setting;
import java.time.Duration;
import java.util.Optional;

/// What happens to an event whose handler fails.
public record DlqSettings(
    @Setting(
            value = "Retries of a failed event before it becomes a dead letter.",
            fallback = "5",
            min = "0",
            max = "1000")
        int retryMaxAttempts,
    @Setting(
            value = "Wait before the first retry; it doubles with each further one.",
            fallback = "60",
            unit = "s",
            min = "1ms")
        Duration retryBaseDelaySeconds,
    @Setting(
            value = "Longest wait between two retries.",
            fallback = "3600",
            unit = "s",
            min = "1ms")
        Duration retryMaxDelaySeconds,
    @Setting(
            value = "Dead letters older than this are deleted.",
            fallback = "7",
            unit = "d",
            min = "1h")
        Duration retentionDays,
    @Setting(
            value = "Number of dead letters at which health turns to warning.",
            fallback = "100",
            min = "1")
        int warningThreshold,
    @Setting(
            value = "Number of dead letters at which health turns to critical.",
            fallback = "1000",
            min = "2")
        int criticalThreshold) {

  /// What contradicts itself in these settings; a program does not start with it.
  public Optional<String> contradiction() {
    if (warningThreshold >= criticalThreshold) {
      return Optional.of(
          "DLQ_WARNING_THRESHOLD: %d (expected: less than DLQ_CRITICAL_THRESHOLD, which is %d)"
              .formatted(warningThreshold, criticalThreshold));
    }
    return Optional.empty();
  }
}

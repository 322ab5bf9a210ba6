package dev.quarterdeck.events;

import dev.quarterdeck.settings.Checked;
import dev.quarterdeck.settings.Rules;
import dev.quarterdeck.settings.Setting;
import java.time.Duration;

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
        int criticalThreshold)
    implements Checked {

  @Override
  public void check(Rules rules) {
    rules.require(
        warningThreshold < criticalThreshold,
        "warning_threshold",
        "less than critical_threshold",
        "critical_threshold");
  }
}

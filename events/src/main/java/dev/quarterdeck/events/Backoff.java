package dev.quarterdeck.events;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before a retry: base × 2^(n−1), capped, with ±10 % jitter so that failures of
/// one cause do not all come back at once.
record Backoff(DlqSettings settings, RandomGenerator random) {
  private static final double JITTER = 0.1;

  /// @param retry 1 for the first
  Duration delay(int retry) {
    double doubled =
        settings.retryBaseDelaySeconds().toMillis() * Math.pow(2, Math.min(retry - 1, 60));
    double capped = Math.min(doubled, settings.retryMaxDelaySeconds().toMillis());
    double jitter = 1 - JITTER + 2 * JITTER * random.nextDouble();
    return Duration.ofMillis(Math.round(capped * jitter));
  }

  /// Whether another retry follows after this many.
  boolean allows(int retry) {
    return retry <= settings.retryMaxAttempts();
  }
}

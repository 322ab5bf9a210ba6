package dev.quarterdeck.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for what another thread brings about.
public final class Awaiting {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private Awaiting() {}

  /// Returns when the condition holds; fails when it does not within 30 seconds.
  ///
  /// @param what completes the sentence "expected: ..."
  public static void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("expected within " + DEADLINE + ": " + what);
      }
      LockSupport.parkNanos(1_000_000);
    }
  }
}

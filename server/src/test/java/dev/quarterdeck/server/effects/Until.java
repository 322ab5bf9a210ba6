package dev.quarterdeck.server.effects;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/// Waits for what another thread or process brings about.
final class Until {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Until() {}

  /// Returns when the condition holds.
  static void holds(String what, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + PATIENCE + ": " + what);
      }
      LockSupport.parkNanos(10_000_000);
    }
  }
}

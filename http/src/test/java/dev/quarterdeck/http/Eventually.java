package dev.quarterdeck.http;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for a condition, with a deadline.
final class Eventually {
  private Eventually() {}

  static void holds(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TestServer.PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("the condition did not hold within " + TestServer.PATIENCE);
      }
      LockSupport.parkNanos(5_000_000);
    }
  }
}

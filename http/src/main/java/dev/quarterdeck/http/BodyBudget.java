package dev.quarterdeck.http;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// The memory that the bodies of all requests together may take: a quarter of the heap. A body
/// takes its part as its bytes arrive, so that a slow client holds no more than it has sent. Safe
/// for all threads.
final class BodyBudget {
  private static final int UNIT = 16 * 1024;
  private final Semaphore units;

  BodyBudget(long bytes) {
    this.units = new Semaphore(Math.clamp(bytes / UNIT, 1, Integer.MAX_VALUE), true);
  }

  static BodyBudget ofHeap() {
    return new BodyBudget(Runtime.getRuntime().maxMemory() / 4);
  }

  /// Takes the room for one more read of at most [#readSize] bytes.
  ///
  /// @return whether there was room in time
  boolean take(long nanos) throws InterruptedException {
    return units.tryAcquire(Math.max(0, nanos), TimeUnit.NANOSECONDS);
  }

  void giveBack(int taken) {
    units.release(taken);
  }

  int readSize() {
    return UNIT;
  }
}

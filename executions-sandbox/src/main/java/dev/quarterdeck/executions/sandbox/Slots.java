package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.SandboxException;
import java.util.BitSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Numbers for runs that run at once; the lowest free one is taken first.
final class Slots {
  private static final int PATIENCE_SECONDS = 10;

  private final int size;
  private final Semaphore free;
  private final BitSet taken = new BitSet();

  Slots(int size) {
    this.size = size;
    this.free = new Semaphore(size);
  }

  /// Takes one; waits a few seconds for a run that is about to end.
  int take() throws SandboxException {
    try {
      if (!free.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new SandboxException(
            "all " + size + " slots of the sandbox are in use (raise EXECUTION_SLOTS)");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new SandboxException("interrupted while waiting for a slot", stopped);
    }
    synchronized (taken) {
      int slot = taken.nextClearBit(0);
      taken.set(slot);
      return slot;
    }
  }

  void give(int slot) {
    synchronized (taken) {
      taken.clear(slot);
    }
    free.release();
  }
}

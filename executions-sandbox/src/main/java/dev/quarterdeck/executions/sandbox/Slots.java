package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.SandboxException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Numbers for runs that run at once; the lowest free one is taken first.
final class Slots {
  private static final int PATIENCE_SECONDS = 10;

  private final Semaphore free;

  /// By number, the run that has it.
  private final @Nullable String[] holders;

  Slots(int size) {
    this.free = new Semaphore(size);
    this.holders = new String[size];
  }

  /// Takes one for a run; waits a few seconds for a run that is about to end.
  int take(String run) throws SandboxException {
    try {
      if (!free.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new SandboxException(
            "all " + holders.length + " slots of the sandbox are in use (raise EXECUTION_SLOTS)");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new SandboxException("interrupted while waiting for a slot", stopped);
    }
    synchronized (holders) {
      int slot = 0;
      while (holders[slot] != null) {
        slot++;
      }
      holders[slot] = run;
      return slot;
    }
  }

  void give(int slot) {
    synchronized (holders) {
      holders[slot] = null;
    }
    free.release();
  }

  /// The runs that have one, in a set of the caller's own.
  Set<String> holders() {
    synchronized (holders) {
      return Arrays.stream(holders)
          .filter(Objects::nonNull)
          .collect(Collectors.toCollection(HashSet::new));
    }
  }
}

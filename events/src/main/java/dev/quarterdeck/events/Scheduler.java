package dev.quarterdeck.events;

import java.time.Instant;

/// Runs something short at a time, once. In tests a test clock takes this part.
@FunctionalInterface
public interface Scheduler {
  /// Runs the task at the time, or at once when that has passed, on a thread of the scheduler.
  void at(Instant time, Runnable task);
}

package dev.quarterdeck.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A clock that stands still until a test moves it, and a scheduler by it: `clock::at`. Safe for
/// all threads.
public final class TestClock implements InstantSource {
  private final List<Timed> timed = new ArrayList<>();
  private volatile Instant now;

  public TestClock(Instant start) {
    this.now = start;
  }

  /// A clock that starts at noon of a fixed day.
  public static TestClock atNoon() {
    return new TestClock(Instant.parse("2026-01-15T12:00:00Z"));
  }

  /// Moves the clock, backwards too, runs what became due on the calling thread in the order of its
  /// times, and answers the new time.
  public Instant advance(Duration duration) {
    List<Timed> due;
    Instant moved;
    synchronized (timed) {
      moved = now.plus(duration);
      now = moved;
      due = timed.stream().filter(t -> !t.time().isAfter(moved)).toList();
      timed.removeAll(due);
    }
    due.stream().sorted(Comparator.comparing(Timed::time)).forEach(t -> t.task().run());
    return moved;
  }

  /// Runs the task when the clock gets there; at once, on the calling thread, when it has.
  public void at(Instant time, Runnable task) {
    synchronized (timed) {
      if (time.isAfter(now)) {
        timed.add(new Timed(time, task));
        return;
      }
    }
    task.run();
  }

  @Override
  public Instant instant() {
    return now;
  }

  private record Timed(Instant time, Runnable task) {}
}

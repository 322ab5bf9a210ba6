package dev.quarterdeck.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A clock that stands still until a test moves it. Safe for all threads.
public final class TestClock implements InstantSource {
  private volatile Instant now;

  public TestClock(Instant start) {
    this.now = start;
  }

  /// A clock that starts at noon of a fixed day.
  public static TestClock atNoon() {
    return new TestClock(Instant.parse("2026-01-15T12:00:00Z"));
  }

  /// Moves the clock, backwards too, and answers the new time.
  public synchronized Instant advance(Duration duration) {
    Instant moved = now.plus(duration);
    now = moved;
    return moved;
  }

  @Override
  public Instant instant() {
    return now;
  }
}

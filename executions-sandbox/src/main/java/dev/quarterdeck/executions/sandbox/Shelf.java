package dev.quarterdeck.executions.sandbox;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// The waiting sandboxes of one shape, and how many there should be. Guarded by the lock of its
/// pool.
final class Shelf {
  /// What nobody asked for so long is given up.
  static final Duration IDLE = Duration.ofMinutes(3);

  private static final Duration LONGEST_BREAK = Duration.ofMinutes(1);

  private final Shape shape;
  private final Deque<Standby> waiting = new ArrayDeque<>();
  private int wanted;
  private int failures;
  private long notBefore;
  private long making;
  private long lastAsked;
  private long askedBefore;
  private long estimate;

  /// @param estimate memory that one may take, until one was measured
  Shelf(Shape shape, long estimate, long now) {
    this.shape = shape;
    this.lastAsked = now;
    this.askedBefore = now;
    this.estimate = estimate;
  }

  Shape shape() {
    return shape;
  }

  /// Takes one for a run, and learns from it how many are wanted: one from the second run on, and
  /// one more each time that none was there.
  @Nullable Standby take(boolean first, int most, long now) {
    askedBefore = lastAsked;
    lastAsked = now;
    if (first) {
      return null;
    }
    @Nullable Standby taken = waiting.poll();
    if (taken == null) {
      wanted = Math.min(most, wanted + 1);
    }
    return taken;
  }

  void add(Standby ready) {
    waiting.add(ready);
    failures = 0;
    estimate = Math.max(1, ready.idleBytes());
  }

  /// One was started, in so many nanoseconds.
  void took(long nanoseconds) {
    making = nanoseconds;
  }

  /// One could not be started: the next try comes later, each time twice as late.
  ///
  /// @return whether it was the first failure
  boolean failed(long now) {
    long pause = Math.min(LONGEST_BREAK.toNanos(), Duration.ofSeconds(1L << failures).toNanos());
    notBefore = now + pause;
    failures = Math.min(failures + 1, 6);
    return failures == 1;
  }

  boolean lacks(long now) {
    return waiting.size() < wanted && (failures == 0 || now - notBefore >= 0);
  }

  /// Whether the next one may be started now. What costs more to start ahead than cold waits until
  /// nobody asked for as long as a start takes: while programs follow each other without a pause,
  /// starting ahead would take more from them than it gives.
  boolean due(long now) {
    return lacks(now) && (shape.warmUp() != WarmUp.AGENT || now - lastAsked >= making);
  }

  boolean isIdle(long now) {
    return now - lastAsked > IDLE.toNanos();
  }

  long lastAsked() {
    return lastAsked;
  }

  /// When it was asked for the time before.
  long askedBefore() {
    return askedBefore;
  }

  int size() {
    return waiting.size();
  }

  /// Memory of those that wait.
  long bytes() {
    return waiting.stream().mapToLong(Standby::idleBytes).sum();
  }

  /// Memory that one more will take.
  long estimate() {
    return estimate;
  }

  /// Gives one up, and wants no more than are left.
  @Nullable Standby giveUp() {
    @Nullable Standby given = waiting.pollLast();
    wanted = waiting.size();
    return given;
  }

  /// Wants no more than there are.
  void content() {
    wanted = waiting.size();
  }

  Iterable<Standby> all() {
    return waiting;
  }
}

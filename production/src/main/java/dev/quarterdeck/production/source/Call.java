package dev.quarterdeck.production.source;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/// One chain of work towards a source: counts its upstream requests, bounds them, and ends at a
/// deadline. Made by whoever starts the chain and handed to every step; safe for many threads.
public final class Call {
  private final long deadline;
  private final int budget;
  private final AtomicInteger requests = new AtomicInteger();

  private Call(Duration limit, int budget) {
    this.deadline = System.nanoTime() + limit.toNanos();
    this.budget = budget;
  }

  /// A chain that may take so long and ask so often.
  ///
  /// @param limit counted from now, with every wait and retry; at most a century
  /// @param budget upstream requests at most, retries included
  public static Call within(Duration limit, int budget) {
    return new Call(limit, budget);
  }

  /// Counts one upstream request that is about to be sent.
  ///
  /// @throws SourceException [SourceFault.OverBudget] when the budget is used up, or
  ///   [SourceFault.Timeout] when the deadline is past; the request is then not counted and must
  ///   not be sent
  public void request() {
    check();
    if (requests.getAndUpdate(count -> count < budget ? count + 1 : count) >= budget) {
      throw new SourceException(
          new SourceFault.OverBudget(
              "requests: %d used (expected: at most %d in one call)".formatted(budget, budget)));
    }
  }

  /// Ends the chain when its time is over or its thread is interrupted.
  public void check() {
    if (Thread.currentThread().isInterrupted()) {
      throw new SourceException(new SourceFault.Cancelled("the caller gave up"));
    }
    if (System.nanoTime() - deadline >= 0) {
      throw new SourceException(
          new SourceFault.Timeout("the time for this call is over; nothing more was asked"));
    }
  }

  /// Upstream requests counted so far.
  public int requests() {
    return requests.get();
  }

  /// Upstream requests that may still be sent.
  public int remainingRequests() {
    return budget - requests.get();
  }

  /// Time left, zero when it is over.
  public Duration remaining() {
    return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
  }
}

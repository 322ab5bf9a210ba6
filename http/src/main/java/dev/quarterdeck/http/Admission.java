package dev.quarterdeck.http;

import dev.quarterdeck.runtime.Problem;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// The places of the requests handled at once (`WEB_CONCURRENCY` × `WEB_THREADS`) and the queue
/// before them, first come first served, bounded by `WEB_BACKLOG`. Safe for all threads.
final class Admission {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final Semaphore places;
  private final AtomicInteger waiting = new AtomicInteger();
  private final int backlog;

  Admission(int places, int backlog) {
    this.places = new Semaphore(places, true);
    this.backlog = backlog;
  }

  /// Takes a place, at the latest after the time given.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException 503 when too many wait already, or the time
  ///   is over
  void enter(long nanos) throws InterruptedException {
    if (places.tryAcquire(0, TimeUnit.NANOSECONDS)) {
      return;
    }
    if (waiting.incrementAndGet() > backlog) {
      waiting.decrementAndGet();
      throw new Problem.Unavailable(
              "server_busy",
              "The server is busy: " + backlog + " requests wait already (WEB_BACKLOG); try again",
              RETRY_AFTER)
          .raise();
    }
    try {
      await(nanos);
    } finally {
      waiting.decrementAndGet();
    }
  }

  /// Takes a place again after it was given back; the bound of the queue does not count.
  void reenter(long nanos) throws InterruptedException {
    await(nanos);
  }

  /// How many requests wait for a place.
  int waiting() {
    return waiting.get();
  }

  void leave() {
    places.release();
  }

  private void await(long nanos) throws InterruptedException {
    if (!places.tryAcquire(Math.max(0, nanos), TimeUnit.NANOSECONDS)) {
      throw RequestClock.timedOut().raise();
    }
  }
}

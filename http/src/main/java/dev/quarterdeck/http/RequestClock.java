package dev.quarterdeck.http;

import dev.quarterdeck.runtime.Problem;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The time of one request (`WEB_TIMEOUT`) and its outcome: one thread works, another waits for the
/// outcome until the time is over. The clock stands while the work waits for something outside.
final class RequestClock {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long deadline;
  private long pausedAt;
  private boolean paused;
  private boolean expired;
  private @Nullable Response response;
  private @Nullable Throwable failure;

  RequestClock(Duration timeout) {
    this.deadline = System.nanoTime() + timeout.toNanos();
  }

  static Problem timedOut() {
    return new Problem.Unavailable(
        "request_timeout",
        "The request was not answered in time (WEB_TIMEOUT); its work is cancelled, try again",
        Duration.ofSeconds(1));
  }

  /// Nanoseconds until the time is over.
  long remaining() {
    lock.lock();
    try {
      return deadline - (paused ? pausedAt : System.nanoTime());
    } finally {
      lock.unlock();
    }
  }

  /// Ends the work when its time is over.
  void checkpoint() {
    if (remaining() <= 0) {
      throw timedOut().raise();
    }
  }

  /// Gives the work at least so much time from now on.
  void atLeast(Duration left) {
    lock.lock();
    try {
      deadline = Math.max(deadline, System.nanoTime() + left.toNanos());
    } finally {
      lock.unlock();
    }
  }

  void pause() {
    lock.lock();
    try {
      if (expired) {
        throw timedOut().raise();
      }
      paused = true;
      pausedAt = System.nanoTime();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void resume() {
    lock.lock();
    try {
      paused = false;
      deadline += System.nanoTime() - pausedAt;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Does the work and keeps its outcome. Called once.
  ///
  /// @return whether somebody still waits for the outcome
  boolean work(Callable<Response> task) {
    Response made = null;
    Throwable thrown = null;
    try {
      made = task.call();
    } catch (Throwable failed) {
      thrown = failed;
    }
    lock.lock();
    try {
      response = made;
      failure = thrown;
      changed.signalAll();
      return !expired;
    } finally {
      lock.unlock();
    }
  }

  /// Whether the work has ended.
  boolean done() {
    lock.lock();
    try {
      return response != null || failure != null;
    } finally {
      lock.unlock();
    }
  }

  @Nullable Throwable failure() {
    lock.lock();
    try {
      return failure;
    } finally {
      lock.unlock();
    }
  }

  /// Waits for the outcome.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException 503 when the time is over first
  /// @throws Exception what the work threw
  Response await() throws Exception {
    lock.lock();
    try {
      while (response == null && failure == null) {
        long left = deadline - System.nanoTime();
        if (paused) {
          changed.await();
        } else if (left <= 0) {
          expired = true;
          throw timedOut().raise();
        } else {
          changed.await(left, TimeUnit.NANOSECONDS);
        }
      }
      if (failure instanceof Exception exception) {
        throw exception;
      }
      if (failure instanceof Error error) {
        throw error;
      }
      if (response == null) {
        throw new IllegalStateException("the work of a request ended without an outcome");
      }
      return response;
    } finally {
      lock.unlock();
    }
  }
}

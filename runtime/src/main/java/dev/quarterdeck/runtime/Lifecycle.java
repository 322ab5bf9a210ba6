package dev.quarterdeck.runtime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Starts parts in order and stops them in the opposite order, each once. When a part fails to
/// start, those already running are stopped before the failure is passed on.
///
/// Not thread-safe: one thread starts, one thread stops.
public final class Lifecycle implements AutoCloseable {
  private final Deque<Part> running = new ArrayDeque<>();

  /// Runs the start action and remembers the stop action.
  ///
  /// @param name for the message when stopping fails
  public void start(String name, Action start, Action stop) throws Exception {
    try {
      start.run();
    } catch (Exception | Error failure) {
      try {
        close();
      } catch (IllegalStateException alsoFailed) {
        failure.addSuppressed(alsoFailed);
      }
      throw failure;
    }
    running.push(new Part(name, stop));
  }

  /// Stops everything that runs, the last started first. Every part is stopped even when an earlier
  /// one fails; the failures come together in one exception.
  @Override
  public void close() {
    List<IllegalStateException> failures = new ArrayList<>();
    while (!running.isEmpty()) {
      Part part = running.pop();
      try {
        part.stop().run();
      } catch (Exception failure) {
        failures.add(new IllegalStateException(part.name() + " did not stop cleanly", failure));
      }
    }
    if (!failures.isEmpty()) {
      IllegalStateException first = failures.getFirst();
      failures.stream().skip(1).forEach(first::addSuppressed);
      throw first;
    }
  }

  /// An action that may fail.
  public interface Action {
    void run() throws Exception;
  }

  private record Part(String name, Action stop) {}
}

package dev.quarterdeck.executions;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The runs of this process, from before they are claimed until after they are finished: the slots
/// in use. Safe for all threads.
final class LiveRuns {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<String, Live> runs = new HashMap<>();

  /// Takes note that a worker begins with an execution; null when another one has it already.
  @Nullable Live begin(String id) {
    lock.lock();
    try {
      if (runs.containsKey(id)) {
        return null;
      }
      Live live = new Live(id);
      runs.put(id, live);
      return live;
    } finally {
      lock.unlock();
    }
  }

  /// Kills an execution's program, now or as soon as it has started. Does nothing when it is not
  /// here.
  void kill(String id) {
    Live live;
    lock.lock();
    try {
      live = runs.get(id);
    } finally {
      lock.unlock();
    }
    if (live != null) {
      live.kill();
    }
  }

  void killAll() {
    List<Live> all;
    lock.lock();
    try {
      all = List.copyOf(runs.values());
    } finally {
      lock.unlock();
    }
    all.forEach(Live::kill);
  }

  boolean contains(String id) {
    lock.lock();
    try {
      return runs.containsKey(id);
    } finally {
      lock.unlock();
    }
  }

  int count() {
    lock.lock();
    try {
      return runs.size();
    } finally {
      lock.unlock();
    }
  }

  /// Waits until nothing runs.
  ///
  /// @return false when the time passed first
  boolean awaitNone(Duration atMost) throws InterruptedException {
    lock.lock();
    try {
      long left = atMost.toNanos();
      while (!runs.isEmpty() && left > 0) {
        left = changed.awaitNanos(left);
      }
      return runs.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /// A slot in use. Closing it frees the slot.
  final class Live implements AutoCloseable {
    private final String id;
    private boolean killed;
    private Sandbox.@Nullable Run run;

    private Live(String id) {
      this.id = id;
    }

    /// The program has started.
    void started(Sandbox.Run started) {
      boolean kill;
      lock.lock();
      try {
        run = started;
        kill = killed;
      } finally {
        lock.unlock();
      }
      if (kill) {
        started.cancel();
      }
    }

    /// Whether it was asked to end.
    boolean killed() {
      lock.lock();
      try {
        return killed;
      } finally {
        lock.unlock();
      }
    }

    void kill() {
      Sandbox.Run victim;
      lock.lock();
      try {
        killed = true;
        victim = run;
      } finally {
        lock.unlock();
      }
      if (victim != null) {
        victim.cancel();
      }
    }

    @Override
    public void close() {
      lock.lock();
      try {
        runs.remove(id);
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }
}

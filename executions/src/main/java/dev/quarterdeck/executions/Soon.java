package dev.quarterdeck.executions;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does things a moment later, all of them in one thread: [#DELAY] after they were asked for or
/// twice that. What a short run would need only if it lasted longer costs it no thread of its own
/// that way.
final class Soon {
  static final Duration DELAY = Duration.ofMillis(20);

  private static final Logger log = LoggerFactory.getLogger(Soon.class);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition asked = lock.newCondition();
  private List<Runnable> tasks = new ArrayList<>();
  private @Nullable Thread thread;

  /// Starts the thread.
  void start() {
    thread = Thread.ofVirtual().name("soon").start(this::work);
  }

  /// Ends it; what is left is never done.
  void stop() {
    Thread working = thread;
    if (working != null) {
      working.interrupt();
    }
  }

  /// Has something done.
  ///
  /// @param task must not block
  void add(Runnable task) {
    lock.lock();
    try {
      tasks.add(task);
      asked.signal();
    } finally {
      lock.unlock();
    }
  }

  private void work() {
    try {
      while (true) {
        List<Runnable> due = next();
        Thread.sleep(DELAY);
        due.forEach(Soon::run);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Runnable> next() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (tasks.isEmpty()) {
        asked.await();
      }
      List<Runnable> due = tasks;
      tasks = new ArrayList<>();
      return due;
    } finally {
      lock.unlock();
    }
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error failure) {
      log.error("something that was to be done soon failed", failure);
    }
  }
}

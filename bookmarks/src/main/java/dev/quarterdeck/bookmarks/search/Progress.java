package dev.quarterdeck.bookmarks.search;

import dev.quarterdeck.bookmarks.search.IndexStatus.State;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the keeper's thread and the threads that search tell each other. Safe for all threads.
final class Progress {
  private static final Logger LOG = LoggerFactory.getLogger(Progress.class);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private State state = State.BUILDING;
  private @Nullable LuceneIndex index;
  private long applied;
  private long shown;

  /// Positions that searches wait for: how many for each.
  private final TreeMap<Long, Integer> awaited = new TreeMap<>();

  private long built;
  private boolean signalled = true;
  private boolean closing;
  private Optional<String> wanted = Optional.empty();
  private Optional<String> reason = Optional.empty();

  /// There may be new events.
  void signal() {
    locked(() -> signalled = true);
  }

  void close() {
    locked(() -> closing = true);
  }

  boolean closing() {
    return got(() -> closing);
  }

  void wantBuilding(String why) {
    locked(() -> wanted = Optional.of(why));
  }

  Optional<String> takeBuilding() {
    return got(
        () -> {
          Optional<String> taken = wanted;
          wanted = Optional.empty();
          return taken;
        });
  }

  void building(String why, boolean anotherAnswers) {
    locked(
        () -> {
          state = anotherAnswers ? State.REBUILDING : State.BUILDING;
          reason = Optional.of(why);
          wanted = Optional.empty();
          built = 0;
        });
  }

  void built(long bookmarks) {
    locked(() -> built = bookmarks);
  }

  void ready(LuceneIndex opened, long position) {
    locked(
        () -> {
          state = State.READY;
          index = opened;
          applied = position;
          shown = position;
        });
  }

  void fail() {
    locked(
        () -> {
          state = State.FAILED;
          index = null;
        });
  }

  /// Whether a search waits for what was taken in until now.
  boolean awaited(long applied) {
    return got(() -> applied > shown && !awaited.isEmpty() && awaited.firstKey() <= applied);
  }

  /// Everything up to a position is taken in.
  void applied(long position) {
    locked(() -> applied = position);
  }

  void shown(long position) {
    locked(() -> shown = position);
  }

  /// Waits for a signal, at most until a time of [System#nanoTime].
  void await(Optional<Long> until) {
    lock.lock();
    try {
      long left = until.map(time -> time - System.nanoTime()).orElse(Long.MAX_VALUE);
      while (!signalled && !closing && wanted.isEmpty() && awaited.isEmpty() && left > 0) {
        left = changed.awaitNanos(left);
      }
      signalled = false;
    } catch (InterruptedException notOurs) {
      LOG.debug("woken by an interrupt");
    } finally {
      lock.unlock();
    }
  }

  /// Waits whatever is signalled, except for the end.
  void pause(Duration time) {
    lock.lock();
    try {
      long left = time.toNanos();
      while (!closing && left > 0) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException notOurs) {
      LOG.debug("woken by an interrupt");
    } finally {
      lock.unlock();
    }
  }

  /// Waits until searches see everything up to a position, and answers whether they do.
  boolean awaitShown(long position, Duration patience) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (shown >= position) {
        return true;
      }
      awaited.merge(position, 1, Integer::sum);
      changed.signalAll();
      try {
        long left = patience.toNanos();
        while (shown < position && index != null && !closing && left > 0) {
          left = changed.awaitNanos(left);
        }
        return shown >= position;
      } finally {
        awaited.computeIfPresent(position, (p, waiting) -> waiting == 1 ? null : waiting - 1);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Searches the index as it is shown.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException 503 when there is none to search
  <T> T search(LuceneIndex.Search<T> search) throws IOException {
    return usable().search(search);
  }

  private LuceneIndex usable() {
    return got(
        () -> {
          LuceneIndex usable = index;
          if (usable != null) {
            return usable;
          }
          throw state == State.FAILED ? SearchProblems.failed() : SearchProblems.building(built);
        });
  }

  IndexStatus status(long last) {
    return got(
        () ->
            new IndexStatus(
                state == State.READY && wanted.isPresent() ? State.REBUILDING : state,
                size(index),
                applied,
                Math.max(0, last - applied),
                built,
                reason));
  }

  private static int size(@Nullable LuceneIndex index) {
    try {
      return index == null ? 0 : index.size();
    } catch (IOException unreadable) {
      return 0;
    }
  }

  private void locked(Runnable action) {
    lock.lock();
    try {
      action.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private <T> T got(Supplier<T> value) {
    lock.lock();
    try {
      return value.get();
    } finally {
      lock.unlock();
    }
  }
}

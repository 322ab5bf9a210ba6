package dev.quarterdeck.bookmarks;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.ToLongFunction;

/// How many bookmarks each list has: counted in the store once, then kept by every commit, because
/// counting a million takes longer than a request may. Safe for all threads.
final class Totals {
  private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final ToLongFunction<String> counted;

  /// @param counted counts a list in the store; its argument is what [BookmarkKinds#list] answers
  Totals(ToLongFunction<String> counted) {
    this.counted = counted;
  }

  long of(String list) {
    AtomicLong known = counts.get(list);
    if (known != null) {
      return known.get();
    }
    lock.writeLock().lock();
    try {
      return counts.computeIfAbsent(list, key -> new AtomicLong(counted.applyAsLong(key))).get();
    } finally {
      lock.writeLock().unlock();
    }
  }

  /// Begins a commit: nobody counts until it has ended and was told.
  void begin() {
    lock.readLock().lock();
  }

  void end() {
    lock.readLock().unlock();
  }

  /// A bookmark came into a list.
  void joined(String list) {
    add(list, 1);
  }

  /// A bookmark left a list.
  void left(String list) {
    add(list, -1);
  }

  private void add(String list, int more) {
    AtomicLong count = counts.get(list);
    if (count != null) {
      count.addAndGet(more);
    }
  }
}

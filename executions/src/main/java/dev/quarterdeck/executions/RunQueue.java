package dev.quarterdeck.executions;

import dev.quarterdeck.runtime.Problem;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The executions that wait for a slot. A higher priority goes first; within one priority users
/// take turns, and each user's own go in the order in which they came.
///
/// A place is reserved before an execution is accepted, so that the bounds hold whatever comes at
/// once. Safe for all threads.
final class RunQueue {
  private final int max;
  private final int maxPerUser;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ready = lock.newCondition();
  private final Map<String, Entry> entries = new HashMap<>();
  private final Map<String, Integer> perUser = new HashMap<>();
  private final Map<Priority, LinkedHashMap<String, ArrayDeque<Entry>>> levels =
      new EnumMap<>(Priority.class);
  private boolean closed;

  RunQueue(int max, int maxPerUser) {
    this.max = max;
    this.maxPerUser = maxPerUser;
    for (Priority priority : Priority.values()) {
      levels.put(priority, new LinkedHashMap<>());
    }
  }

  private record Entry(String id, String user, boolean waiting) {}

  /// Takes a place for an execution that is about to be accepted.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException 429 when there is none
  void reserve(String id, String user) {
    lock.lock();
    try {
      if (entries.size() >= max) {
        throw new Problem.Throttled(
                "queue_full",
                ("the queue is full: %d executions wait (EXECUTION_QUEUE_MAX: %d);"
                        + " try again in a moment")
                    .formatted(entries.size(), max),
                retryAfter())
            .raise();
      }
      int own = perUser.getOrDefault(user, 0);
      if (own >= maxPerUser) {
        throw new Problem.Throttled(
                "user_queue_full",
                ("%d of your executions wait already (EXECUTION_QUEUE_MAX_PER_USER: %d);"
                        + " try again when some have ended, or cancel some")
                    .formatted(own, maxPerUser),
                retryAfter())
            .raise();
      }
      put(new Entry(id, user, false));
    } finally {
      lock.unlock();
    }
  }

  private static Duration retryAfter() {
    return Duration.ofSeconds(2);
  }

  /// Puts an accepted execution in line, whether or not a place was reserved for it. Does nothing
  /// when it is in line already.
  void offer(Execution execution) {
    lock.lock();
    try {
      Entry known = entries.get(execution.id());
      if (closed || (known != null && known.waiting())) {
        return;
      }
      Entry entry = new Entry(execution.id(), execution.owner().userId(), true);
      put(entry);
      level(execution.priority())
          .computeIfAbsent(entry.user(), ignored -> new ArrayDeque<>())
          .addLast(entry);
      ready.signal();
    } finally {
      lock.unlock();
    }
  }

  /// Takes the next one, waiting for it.
  ///
  /// @return its id; empty when the queue is closed
  Optional<String> take() throws InterruptedException {
    lock.lock();
    try {
      while (!closed) {
        for (LinkedHashMap<String, ArrayDeque<Entry>> level : levels.values()) {
          if (!level.isEmpty()) {
            return Optional.of(next(level));
          }
        }
        ready.await();
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private String next(LinkedHashMap<String, ArrayDeque<Entry>> level) {
    Map.Entry<String, ArrayDeque<Entry>> turn = level.firstEntry();
    ArrayDeque<Entry> own = turn.getValue();
    Entry entry = own.removeFirst();
    level.remove(turn.getKey());
    if (!own.isEmpty()) {
      level.put(turn.getKey(), own);
    }
    forget(entry);
    return entry.id();
  }

  /// Takes one out, or gives its reserved place back. Does nothing when it is not here.
  void remove(String id) {
    lock.lock();
    try {
      Entry entry = entries.get(id);
      if (entry == null) {
        return;
      }
      forget(entry);
      for (LinkedHashMap<String, ArrayDeque<Entry>> level : levels.values()) {
        Iterator<ArrayDeque<Entry>> users = level.values().iterator();
        while (users.hasNext()) {
          ArrayDeque<Entry> own = users.next();
          own.removeIf(waiting -> waiting.id().equals(id));
          if (own.isEmpty()) {
            users.remove();
          }
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /// How many go before one that waits in line, and one more for itself, as things stand.
  ///
  /// @return empty when it is not in line
  OptionalInt position(String id) {
    lock.lock();
    try {
      int before = 0;
      for (LinkedHashMap<String, ArrayDeque<Entry>> level : levels.values()) {
        OptionalInt here = position(id, level);
        if (here.isPresent()) {
          return OptionalInt.of(before + here.getAsInt());
        }
        before += level.values().stream().mapToInt(ArrayDeque::size).sum();
      }
      return OptionalInt.empty();
    } finally {
      lock.unlock();
    }
  }

  /// Its place within one priority, where users take turns.
  private static OptionalInt position(String id, LinkedHashMap<String, ArrayDeque<Entry>> level) {
    for (Map.Entry<String, ArrayDeque<Entry>> user : level.entrySet()) {
      int own = 0;
      for (Entry entry : user.getValue()) {
        own++;
        if (entry.id().equals(id)) {
          return OptionalInt.of(own + others(user.getKey(), own, level));
        }
      }
    }
    return OptionalInt.empty();
  }

  /// How many of other users go before the n-th of this one.
  private static int others(String user, int n, LinkedHashMap<String, ArrayDeque<Entry>> level) {
    int before = 0;
    int turns = n;
    for (Map.Entry<String, ArrayDeque<Entry>> other : level.entrySet()) {
      if (other.getKey().equals(user)) {
        turns = n - 1;
      } else {
        before += Math.min(turns, other.getValue().size());
      }
    }
    return before;
  }

  /// How many wait or are about to.
  int depth() {
    lock.lock();
    try {
      return entries.size();
    } finally {
      lock.unlock();
    }
  }

  /// How many wait in line, of each priority.
  Map<Priority, Integer> waiting() {
    lock.lock();
    try {
      Map<Priority, Integer> waiting = new EnumMap<>(Priority.class);
      levels.forEach(
          (priority, level) ->
              waiting.put(priority, level.values().stream().mapToInt(ArrayDeque::size).sum()));
      return waiting;
    } finally {
      lock.unlock();
    }
  }

  /// Lets nobody take any more; those who wait in [#take] come back empty.
  void close() {
    lock.lock();
    try {
      closed = true;
      ready.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private LinkedHashMap<String, ArrayDeque<Entry>> level(Priority priority) {
    return levels.computeIfAbsent(priority, ignored -> new LinkedHashMap<>());
  }

  private void put(Entry entry) {
    if (entries.put(entry.id(), entry) == null) {
      perUser.merge(entry.user(), 1, Integer::sum);
    }
  }

  private void forget(Entry entry) {
    entries.remove(entry.id());
    perUser.computeIfPresent(entry.user(), (user, count) -> count == 1 ? null : count - 1);
  }
}

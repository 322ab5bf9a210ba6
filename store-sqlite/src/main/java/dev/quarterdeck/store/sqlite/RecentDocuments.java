package dev.quarterdeck.store.sqlite;

import dev.quarterdeck.store.Document;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Small documents that were asked for lately, and ids without one: a login asks for the same two
/// with each request. Exact, because nobody else writes the files: while a change of a document is
/// under way it is read from its file, and what was read before the end of a change is not kept.
/// Safe for all threads.
final class RecentDocuments {
  private static final int MOST = 1_000;
  private static final int MOST_BYTES = 4_096;
  private static final int COUNTERS = 64;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Key, Integer> changing = new HashMap<>();

  /// How many changes of documents with this hash have ended.
  private final long[] changes = new long[COUNTERS];

  private final Map<Key, Optional<Document>> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Optional<Document>> eldest) {
          return size() > MOST;
        }
      };

  /// A document.
  record Key(String kind, String id) {
    private int counter() {
      return Math.floorMod(hashCode(), COUNTERS);
    }
  }

  /// The document, read only if it is not here.
  Optional<Document> find(Key key, Supplier<Optional<Document>> read) {
    long before;
    lock.lock();
    try {
      @Nullable Optional<Document> known = kept.get(key);
      if (known != null) {
        return known;
      }
      before = changing.containsKey(key) ? -1 : changes[key.counter()];
    } finally {
      lock.unlock();
    }
    Optional<Document> found = read.get();
    if (before >= 0 && found.map(Document::body).orElse(new byte[0]).length <= MOST_BYTES) {
      keep(key, found, before);
    }
    return found;
  }

  private void keep(Key key, Optional<Document> found, long before) {
    lock.lock();
    try {
      if (changes[key.counter()] == before && !changing.containsKey(key)) {
        kept.put(key, found);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Changes are about to be written.
  void begin(Collection<Key> keys) {
    lock.lock();
    try {
      for (Key key : keys) {
        kept.remove(key);
        changing.merge(key, 1, Integer::sum);
      }
    } finally {
      lock.unlock();
    }
  }

  /// They are durable, or were refused.
  void end(Collection<Key> keys) {
    lock.lock();
    try {
      for (Key key : keys) {
        changes[key.counter()]++;
        changing.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
      }
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return kept.size();
    } finally {
      lock.unlock();
    }
  }
}

package dev.quarterdeck.bookmarks;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Bookmarks that were asked for by id, within the limits of the settings. A write drops its entry
/// before anybody learns of it, and a bookmark that was read before the write does not come in
/// after it, so nobody is shown an old state. Safe for all threads.
final class BookmarkCache {
  private static final int STAMPS = 1_024;

  private final BookmarkSettings.Cache settings;
  private final @Nullable CacheTable table;
  private final AtomicIntegerArray stamps = new AtomicIntegerArray(STAMPS);
  private final ReentrantLock lock = new ReentrantLock();
  private long hits;
  private long misses;

  BookmarkCache(BookmarkSettings.Cache settings, InstantSource clock) {
    this.settings = settings;
    this.table = table(settings, clock);
  }

  private static @Nullable CacheTable table(BookmarkSettings.Cache settings, InstantSource clock) {
    int limit = settings.maxEntries();
    Duration life = settings.ttlSeconds();
    if (limit == 0) {
      return null;
    }
    return switch (settings.eviction()) {
      case LRU -> new LruTable(limit, life.toMillis(), clock);
      case TINYLFU -> new TinyLfuTable(limit, life, clock);
    };
  }

  /// The bookmark, from the cache or else from the store.
  Optional<Bookmark> get(String id, Supplier<Optional<Bookmark>> stored) {
    CacheTable entries = table;
    if (entries == null) {
      return stored.get();
    }
    lock.lock();
    try {
      Bookmark known = entries.get(id);
      if (known != null) {
        hits++;
        return Optional.of(known);
      }
      misses++;
    } finally {
      lock.unlock();
    }
    int stamp = stamps.get(place(id));
    Optional<Bookmark> read = stored.get();
    read.ifPresent(bookmark -> keep(entries, id, bookmark, stamp));
    return read;
  }

  private void keep(CacheTable entries, String id, Bookmark bookmark, int stamp) {
    lock.lock();
    try {
      if (stamps.get(place(id)) == stamp) {
        entries.put(id, bookmark);
      }
    } finally {
      lock.unlock();
    }
  }

  /// The bookmark was changed, or may have been.
  void written(String id) {
    CacheTable entries = table;
    if (entries == null) {
      return;
    }
    lock.lock();
    try {
      stamps.incrementAndGet(place(id));
      entries.remove(id);
    } finally {
      lock.unlock();
    }
  }

  private static int place(String id) {
    return Math.floorMod(id.hashCode(), STAMPS);
  }

  CacheStatistics statistics() {
    lock.lock();
    try {
      CacheTable entries = table;
      int size = entries == null ? 0 : entries.size();
      return new CacheStatistics(
          size,
          hits,
          misses,
          entries == null ? 0 : entries.evictions(),
          entries == null ? 0 : entries.expirations(),
          settings.maxEntries(),
          settings.ttlSeconds(),
          settings.eviction());
    } finally {
      lock.unlock();
    }
  }
}

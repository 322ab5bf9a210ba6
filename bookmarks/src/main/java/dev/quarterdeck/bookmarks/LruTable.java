package dev.quarterdeck.bookmarks;

import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Drops the entry that was not asked for longest.
final class LruTable implements CacheTable {
  private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
  private final int limit;
  private final long life;
  private final InstantSource clock;
  private long evictions;
  private long expirations;

  /// @param life of an entry in milliseconds
  LruTable(int limit, long life, InstantSource clock) {
    this.limit = limit;
    this.life = life;
    this.clock = clock;
  }

  @Override
  public @Nullable Bookmark get(String id) {
    Entry entry = entries.get(id);
    if (entry == null) {
      return null;
    }
    if (entry.over(clock.millis())) {
      entries.remove(id);
      expirations++;
      return null;
    }
    return entry.bookmark;
  }

  @Override
  public void put(String id, Bookmark bookmark) {
    if (!entries.containsKey(id) && entries.size() >= limit) {
      Iterator<Entry> eldest = entries.values().iterator();
      boolean over = eldest.next().over(clock.millis());
      eldest.remove();
      expirations += over ? 1 : 0;
      evictions += over ? 0 : 1;
    }
    entries.put(id, new Entry(bookmark, clock.millis() + life));
  }

  @Override
  public void remove(String id) {
    entries.remove(id);
  }

  @Override
  public int size() {
    long now = clock.millis();
    int before = entries.size();
    entries.values().removeIf(entry -> entry.over(now));
    expirations += before - entries.size();
    return entries.size();
  }

  @Override
  public long evictions() {
    return evictions;
  }

  @Override
  public long expirations() {
    return expirations;
  }

  private record Entry(Bookmark bookmark, long end) {
    boolean over(long now) {
      return now >= end;
    }
  }
}

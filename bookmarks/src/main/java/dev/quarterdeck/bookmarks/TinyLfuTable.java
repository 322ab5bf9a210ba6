package dev.quarterdeck.bookmarks;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Keeps what is asked for often and lately (Window TinyLFU). Works on the caller's thread, so that
/// the limit holds after each call.
final class TinyLfuTable implements CacheTable {
  private final Cache<String, Bookmark> entries;
  private long evictions;
  private long expirations;

  TinyLfuTable(int limit, Duration life, InstantSource clock) {
    this.entries =
        Caffeine.<String, Bookmark>newBuilder()
            .maximumSize(limit)
            .expireAfterWrite(life)
            .executor(Runnable::run)
            .ticker(() -> clock.millis() * 1_000_000)
            .removalListener((_, _, cause) -> count(cause))
            .build();
  }

  private void count(RemovalCause cause) {
    switch (cause) {
      case SIZE -> evictions++;
      case EXPIRED -> expirations++;
      case EXPLICIT, REPLACED, COLLECTED -> {}
    }
  }

  @Override
  public @Nullable Bookmark get(String id) {
    return entries.getIfPresent(id);
  }

  @Override
  public void put(String id, Bookmark bookmark) {
    entries.put(id, bookmark);
    entries.cleanUp();
  }

  @Override
  public void remove(String id) {
    entries.invalidate(id);
  }

  @Override
  public int size() {
    entries.cleanUp();
    return Math.toIntExact(entries.estimatedSize());
  }

  @Override
  public long evictions() {
    return evictions;
  }

  @Override
  public long expirations() {
    return expirations;
  }
}

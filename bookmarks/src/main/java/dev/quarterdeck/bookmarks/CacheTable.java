package dev.quarterdeck.bookmarks;

import org.jspecify.annotations.Nullable;

/// The entries of the cache under one policy. Called under the lock of [BookmarkCache].
interface CacheTable {
  /// The entry, unless it is absent or has expired.
  @Nullable Bookmark get(String id);

  /// Keeps a bookmark; afterwards the table is within its limit again.
  void put(String id, Bookmark bookmark);

  void remove(String id);

  /// How many entries there are; those that have expired are dropped first.
  int size();

  /// Entries that went because the table was full.
  long evictions();

  /// Entries that went because their time was over.
  long expirations();
}

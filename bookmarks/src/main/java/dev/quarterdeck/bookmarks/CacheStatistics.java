package dev.quarterdeck.bookmarks;

import java.time.Duration;

/// What the cache has done since the start, and the limits in force.
///
/// @param size entries now
/// @param evictions entries that went because the cache was full
/// @param expirations entries that went because their time was over
/// @param maxEntries 0 when the cache is off
public record CacheStatistics(
    int size,
    long hits,
    long misses,
    long evictions,
    long expirations,
    int maxEntries,
    Duration ttl,
    BookmarkSettings.Eviction eviction) {}

package dev.quarterdeck.bookmarks;

import java.time.Duration;
import java.util.List;

/// Settings for tests.
public final class TestSettings {
  private TestSettings() {}

  /// The defaults of the profile test.
  public static BookmarkSettings usual() {
    return with(1_024, Duration.ofMinutes(5), BookmarkSettings.Eviction.LRU);
  }

  /// Settings with another cache.
  public static BookmarkSettings with(
      int entries, Duration life, BookmarkSettings.Eviction eviction) {
    return new BookmarkSettings(
        5, 100, false, List.of(), 0, new BookmarkSettings.Cache(life, entries, eviction));
  }
}

package dev.quarterdeck.bookmarks;

import dev.quarterdeck.events.EventOrigin;
import dev.quarterdeck.store.sqlite.SqliteStore;
import dev.quarterdeck.testing.TestClock;
import java.nio.file.Path;
import java.time.Instant;

/// The slice over a real store in a directory.
final class OpenSlice implements AutoCloseable {
  final TestClock clock;
  final SqliteStore store;
  final BookmarksSlice slice;

  OpenSlice(Path directory) {
    this(directory, new TestClock(Instant.parse("2026-05-01T10:00:00Z")));
  }

  OpenSlice(Path directory, TestClock clock) {
    this(directory, clock, TestSettings.usual());
  }

  OpenSlice(Path directory, TestClock clock, BookmarkSettings settings) {
    this.clock = clock;
    store = SqliteStore.open(directory, "test", BookmarkKinds.ALL, clock);
    slice =
        new BookmarksSlice(
            settings,
            store.documents(),
            store.journal(BookmarkKinds.AREA),
            new EventOrigin("test", "1", "test"),
            clock,
            WordSearch::new);
    slice.start();
  }

  Bookmarks bookmarks() {
    return slice.bookmarks();
  }

  Tags tags() {
    return slice.tags();
  }

  @Override
  public void close() {
    slice.close();
    store.close();
  }
}

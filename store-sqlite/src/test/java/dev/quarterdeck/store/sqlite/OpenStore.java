package dev.quarterdeck.store.sqlite;

import dev.quarterdeck.store.Kind;
import dev.quarterdeck.testing.TestClock;
import java.nio.file.Path;
import java.util.List;

/// A store in a directory of its own, for one test.
final class OpenStore implements AutoCloseable {
  final TestClock clock = TestClock.atNoon();
  private final Path directory;
  private final List<Kind> kinds;
  private SqliteStore store;

  OpenStore(Path directory, Kind... kinds) {
    this.directory = directory;
    this.kinds = List.of(kinds);
    this.store = SqliteStore.open(directory, "test", this.kinds, clock);
  }

  SqliteStore get() {
    return store;
  }

  void reopen() {
    store.close();
    store = SqliteStore.open(directory, "test", kinds, clock);
  }

  @Override
  public void close() {
    store.close();
  }
}

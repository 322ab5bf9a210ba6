package dev.quarterdeck.store.sqlite;

import dev.quarterdeck.store.Documents;
import dev.quarterdeck.store.EventJournal;
import dev.quarterdeck.testing.DocumentsContract;
import dev.quarterdeck.testing.EventJournalContract;
import dev.quarterdeck.testing.TestClock;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteJournalTest extends EventJournalContract {
  private OpenStore store;

  @BeforeEach
  void open(@TempDir Path directory) {
    store = new OpenStore(directory, DocumentsContract.NOTE);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Override
  protected EventJournal journal() {
    return store.get().journal("main");
  }

  @Override
  protected Documents documents() {
    return store.get().documents();
  }

  @Override
  protected TestClock clock() {
    return store.clock;
  }

  @Override
  protected void reopen() {
    store.reopen();
  }
}

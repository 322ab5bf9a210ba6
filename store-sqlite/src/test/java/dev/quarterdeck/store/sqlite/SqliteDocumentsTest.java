package dev.quarterdeck.store.sqlite;

import dev.quarterdeck.store.Documents;
import dev.quarterdeck.store.EventJournal;
import dev.quarterdeck.testing.DocumentsContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteDocumentsTest extends DocumentsContract {
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
  protected Documents documents() {
    return store.get().documents();
  }

  @Override
  protected EventJournal journal() {
    return store.get().journal("main");
  }
}

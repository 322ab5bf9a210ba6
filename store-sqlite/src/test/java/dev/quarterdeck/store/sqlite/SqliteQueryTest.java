package dev.quarterdeck.store.sqlite;

import dev.quarterdeck.store.Documents;
import dev.quarterdeck.testing.DocumentsContract;
import dev.quarterdeck.testing.QueryContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteQueryTest extends QueryContract {
  private final OpenStore store;

  SqliteQueryTest(@TempDir Path directory) {
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
}

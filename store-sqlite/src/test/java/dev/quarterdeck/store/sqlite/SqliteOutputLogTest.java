package dev.quarterdeck.store.sqlite;

import dev.quarterdeck.store.OutputLog;
import dev.quarterdeck.testing.OutputLogContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteOutputLogTest extends OutputLogContract {
  private OpenStore store;

  @BeforeEach
  void open(@TempDir Path directory) {
    store = new OpenStore(directory);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Override
  protected OutputLog outputLog() {
    return store.get().outputLog();
  }
}

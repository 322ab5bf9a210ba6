package dev.quarterdeck.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarterdeck.store.Change;
import dev.quarterdeck.store.Change.Urgency;
import dev.quarterdeck.store.Document;
import dev.quarterdeck.store.NewEvent;
import dev.quarterdeck.store.OutputLog.Frame;
import dev.quarterdeck.store.OutputLog.Stream;
import dev.quarterdeck.store.StoreException;
import dev.quarterdeck.testing.DocumentsContract;
import dev.quarterdeck.testing.TestClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultsTest {
  @TempDir private Path directory = Path.of("");

  @Test
  void saysThatTheDiskIsFullWritesNothingAndGoesOnWhenThereIsRoom() throws Exception {
    try (SqliteStore store = open()) {
      commit(store, "small", 10);
      limitPages(store, "main", 40);

      assertThatThrownBy(() -> commit(store, "large", 1_000_000))
          .isInstanceOf(StoreException.class)
          .hasMessageContainingAll(
              directory.toRealPath() + "/test.db: no space left on the device (expected: room for",
              "free some space and repeat; nothing of the change was written",
              "SQLITE_FULL");

      assertThat(store.documents().find(DocumentsContract.NOTE, "large")).isEmpty();
      assertThat(store.journal("main").read(0, 10)).hasSize(1);
      commit(store, "small2", 10);
      limitPages(store, "main", 100_000);
      commit(store, "large", 1_000_000);
      assertThat(store.journal("main").read(0, 10)).hasSize(3);
    }
  }

  @Test
  void writesTheNeighboursOfAChangeThatFindsNoRoom() {
    try (SqliteStore store = open();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      limitPages(store, "main", 60);
      CountDownLatch gate = new CountDownLatch(1);
      CompletableFuture<Boolean> blocker =
          CompletableFuture.supplyAsync(() -> hold(store, gate), threads);
      List<CompletableFuture<String>> outcomes = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        String id = "n" + i;
        int size = i == 4 ? 1_000_000 : 10;
        outcomes.add(CompletableFuture.supplyAsync(() -> outcome(store, id, size), threads));
      }
      gate.countDown();
      assertThat(blocker.join()).isTrue();

      List<String> results = outcomes.stream().map(CompletableFuture::join).toList();

      assertThat(results.get(4)).contains("no space left on the device");
      assertThat(results.stream().filter("written"::equals)).hasSize(9);
      assertThat(store.documents().count(DocumentsContract.NOTE, List.of())).isEqualTo(9);
    }
  }

  /// Keeps the writer busy, so that what comes meanwhile becomes one batch.
  private static boolean hold(SqliteStore store, CountDownLatch gate) {
    return store
        .area("main")
        .writePlainly(
            Urgency.INTERACTIVE,
            session -> {
              try {
                gate.await();
                return true;
              } catch (InterruptedException stopped) {
                return false;
              }
            });
  }

  private static String outcome(SqliteStore store, String id, int size) {
    try {
      commit(store, id, size);
      return "written";
    } catch (Exception failure) {
      return String.valueOf(failure.getMessage());
    }
  }

  @Test
  void keepsWritingAfterAUnitThatThrows() throws Exception {
    try (SqliteStore store = open()) {
      assertThatThrownBy(
              () ->
                  store
                      .area("main")
                      .writePlainly(
                          Urgency.INTERACTIVE,
                          session -> {
                            session.runOnce(
                                "INSERT INTO d_note(id, version, body) VALUES('x',1,'')");
                            throw new StackOverflowError("deep");
                          }))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("the change failed: java.lang.StackOverflowError: deep");

      commit(store, "n1", 10);
      assertThat(store.documents().count(DocumentsContract.NOTE, List.of())).isEqualTo(1);
    }
  }

  @Test
  void saysThatTheFramesFileIsFull() throws Exception {
    try (SqliteStore store = open()) {
      limitPages(store, "frames", 20);
      List<Frame> frames =
          List.of(
              new Frame("x", 1, 1, Stream.STDOUT, new byte[10]),
              new Frame("x", 1, 2, Stream.STDOUT, new byte[1_000_000]));

      assertThatThrownBy(() -> store.outputLog().append(frames))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("test-frames.db: no space left on the device");
      assertThat(store.outputLog().read("x", 1, 1, 100)).isEmpty();
    }
  }

  @Test
  void refusesAFileThatIsNoDatabase() throws Exception {
    Files.writeString(directory.resolve("test.db"), "This is a shopping list. ".repeat(100));

    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageContainingAll(
            "test.db: damaged, or not a database of this program (expected: a SQLite file)",
            "restore a backup");
    Files.delete(directory.resolve("test.db"));
    open().close();
  }

  @Test
  void refusesToGoOnWithADamagedFile() throws Exception {
    try (SqliteStore store = open()) {
      for (int i = 0; i < 50; i++) {
        commit(store, "n" + i, 2_000);
      }
    }
    Path file = directory.resolve("test.db");
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, 4096, bytes.length, (byte) 0x5a);
    Files.write(file, bytes);

    assertThatThrownBy(
            () -> {
              try (SqliteStore store = open()) {
                store.documents().find(DocumentsContract.NOTE, "n7");
              }
            })
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("test.db: damaged, or not a database of this program");
  }

  @Test
  void namesTheFullDiskWhenTheSchemaFindsNoRoom() throws SQLException {
    Path file = directory.resolve("tight.db");
    try (Session session = Session.writing(file)) {
      session.number("PRAGMA max_page_count = 2");
      assertThatThrownBy(() -> Schema.ofFrames(file, session)).hasMessageContaining("SQLITE_FULL");
    }
  }

  @Test
  void saysThatItIsClosed() {
    SqliteStore store = open();
    store.close();

    String message =
        "%s: the store is closed (expected: open); the process is stopping"
            .formatted(store.area("main"));
    assertThatThrownBy(() -> commit(store, "n1", 1))
        .isInstanceOf(StoreException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> store.documents().find(DocumentsContract.NOTE, "n1"))
        .isInstanceOf(StoreException.class)
        .hasMessage(message);
  }

  private SqliteStore open() {
    return SqliteStore.open(directory, "test", List.of(DocumentsContract.NOTE), TestClock.atNoon());
  }

  private static void limitPages(SqliteStore store, String area, int pages) {
    store
        .area(area)
        .writePlainly(
            Urgency.INTERACTIVE, session -> session.number("PRAGMA max_page_count = " + pages));
  }

  private static void commit(SqliteStore store, String id, int size) throws Exception {
    Document document = new Document(id, 0, Map.of(), new byte[size]);
    NewEvent event = new NewEvent("e-" + id, "note", id, "note_changed", new byte[1]);
    store
        .documents()
        .commit(
            new Change.Put(
                DocumentsContract.NOTE, document, 0, List.of(event), Urgency.INTERACTIVE));
  }
}

package dev.quarterdeck.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.store.Change;
import dev.quarterdeck.store.Change.Urgency;
import dev.quarterdeck.store.Document;
import dev.quarterdeck.store.EventJournal.Entry;
import dev.quarterdeck.store.NewEvent;
import dev.quarterdeck.store.OutputLog.Frame;
import dev.quarterdeck.store.OutputLog.Stream;
import dev.quarterdeck.testing.DocumentsContract;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process that is killed loses nothing that it had acknowledged.
@Tag("slow")
class CrashTest {
  private static final int ROUNDS = 8;
  private static final int WRITERS = 16;

  @TempDir private Path directory = Path.of("");

  @Test
  void findsEverythingThatWasAcknowledgedBeforeTheKill() throws Exception {
    Random random = new Random(20_261_121);
    List<String> acknowledged = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      acknowledged.addAll(killedAfter(round, 1 + random.nextInt(1_500)));
      verify(acknowledged);
    }
    assertThat(acknowledged).hasSizeGreaterThan(1_000);
  }

  /// Ids that a child acknowledged before it was killed.
  private List<String> killedAfter(int round, int acknowledgements) throws IOException {
    Process child = Child.start(Scribe.class, directory.toString(), "r" + round);
    List<String> ids = new ArrayList<>();
    try (BufferedReader output = child.inputReader()) {
      String line = output.readLine();
      while (line != null) {
        if (line.endsWith(".")) {
          ids.add(line.substring(0, line.length() - 1));
        }
        if (ids.size() == acknowledgements) {
          // By its handle: the process itself would close the pipe with what it still holds.
          child.toHandle().destroyForcibly();
        }
        line = output.readLine();
      }
    } finally {
      child.destroyForcibly();
      child.onExit().join();
    }
    assertThat(ids).hasSizeGreaterThanOrEqualTo(acknowledgements);
    return ids;
  }

  private void verify(List<String> acknowledged) {
    try (SqliteStore store = open(directory)) {
      Set<String> events = new HashSet<>();
      long position = 0;
      List<Entry> batch = store.journal("main").read(position, 1_000);
      while (!batch.isEmpty()) {
        batch.forEach(entry -> events.add(entry.event().id()));
        position = batch.getLast().position();
        batch = store.journal("main").read(position, 1_000);
      }
      for (String id : acknowledged) {
        assertThat(store.documents().find(DocumentsContract.NOTE, id)).as(id).isPresent();
        assertThat(events).as("events").contains(id);
        assertThat(store.outputLog().read(id, 1, 1, 100)).as("frames of " + id).hasSize(1);
      }
      assertThat(store.documents().count(DocumentsContract.NOTE, List.of()))
          .as("a document for each event and an event for each document")
          .isEqualTo(events.size());
    }
  }

  private static SqliteStore open(Path directory) {
    return SqliteStore.open(
        directory, "test", List.of(DocumentsContract.NOTE), InstantSource.system());
  }

  /// The child: writes as fast as it can and prints each id, with a full stop behind it, once its
  /// frame and its document are acknowledged.
  static final class Scribe {
    public static void main(String[] arguments) {
      SqliteStore store = open(Path.of(arguments[0]));
      AtomicLong next = new AtomicLong();
      for (int i = 0; i < WRITERS; i++) {
        Thread.startVirtualThread(() -> write(store, arguments[1], next));
      }
      write(store, arguments[1], next);
    }

    private static void write(SqliteStore store, String round, AtomicLong next) {
      try {
        while (true) {
          String id = round + "-" + next.incrementAndGet();
          byte[] body = id.getBytes(StandardCharsets.UTF_8);
          store.outputLog().append(List.of(new Frame(id, 1, 1, Stream.STDOUT, body)));
          NewEvent event = new NewEvent(id, "note", id, "note_changed", body);
          Document document = new Document(id, 0, Map.of("slug", id), body);
          store
              .documents()
              .commit(
                  new Change.Put(
                      DocumentsContract.NOTE, document, 0, List.of(event), Urgency.INTERACTIVE));
          System.out.print(id + ".\n");
          System.out.flush();
        }
      } catch (Exception failure) {
        Runtime.getRuntime().halt(3);
      }
    }
  }
}

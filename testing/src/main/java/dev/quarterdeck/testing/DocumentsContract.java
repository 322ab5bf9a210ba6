package dev.quarterdeck.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.quarterdeck.store.Change;
import dev.quarterdeck.store.Change.Urgency;
import dev.quarterdeck.store.Document;
import dev.quarterdeck.store.Documents;
import dev.quarterdeck.store.DuplicateValue;
import dev.quarterdeck.store.EventJournal;
import dev.quarterdeck.store.Kind;
import dev.quarterdeck.store.NewEvent;
import dev.quarterdeck.store.VersionConflict;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every implementation of [Documents] does on a commit. Searches are in [QueryContract].
public abstract class DocumentsContract {
  /// The kind that the tests use; the store must be opened with it.
  public static final Kind NOTE =
      new Kind(
          "main",
          "note",
          List.of(Kind.unique("slug"), Kind.text("owner"), Kind.integer("created")));

  /// The store under test, empty at the start of each test.
  protected abstract Documents documents();

  /// The journal of the area of [#NOTE].
  protected abstract EventJournal journal();

  @Test
  void readsBackWhatWasCommitted() throws Exception {
    byte[] body = "{\"text\":\"héllo ✓ \uD83D\uDE00\"}".getBytes(StandardCharsets.UTF_8);
    Document document =
        new Document("n1", 0, Map.of("slug", "a b'c\"d%", "created", Long.MAX_VALUE), body);

    long version = documents().commit(put(document, 0));

    Document found = documents().find(NOTE, "n1").orElseThrow();
    assertThat(version).isEqualTo(1);
    assertThat(found.version()).isEqualTo(1);
    assertThat(found.indexed()).isEqualTo(document.indexed());
    assertThat(found.body()).isEqualTo(body);
  }

  @Test
  void findsNothingUnderAnUnknownId() {
    assertThat(documents().find(NOTE, "nobody")).isEmpty();
    assertThat(documents().find(NOTE, "")).isEmpty();
  }

  @Test
  void countsVersionsUpAndForgetsFieldsThatAreAbsent() throws Exception {
    documents().commit(put(note("n1", "a"), 0));

    long version =
        documents().commit(put(new Document("n1", 0, Map.of("created", 7L), new byte[] {1}), 1));

    Document found = documents().find(NOTE, "n1").orElseThrow();
    assertThat(version).isEqualTo(2);
    assertThat(found.version()).isEqualTo(2);
    assertThat(found.indexed()).isEqualTo(Map.of("created", 7L));
  }

  @Test
  void writesSeveralTransitionsAsOne() throws Exception {
    documents().commit(put(note("n1", "a"), 0));
    Change two = new Change.Put(NOTE, note("n1", "b"), 1, 3, List.of(), Urgency.INTERACTIVE);

    assertThat(documents().commit(two)).isEqualTo(3);
    assertThat(documents().find(NOTE, "n1").orElseThrow().version()).isEqualTo(3);
    assertThatThrownBy(() -> documents().commit(two))
        .isInstanceOf(VersionConflict.class)
        .hasMessage("note n1: at version 3 (expected: 1); read it again and repeat the change");
    assertThatThrownBy(
            () -> new Change.Put(NOTE, note("n1", "b"), 3, 3, List.of(), Urgency.INTERACTIVE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("newVersion: 3 (expected: more than 3, the expected version)");
  }

  @Test
  void readsWhatIsDurableWhateverOthersDo()
      throws DuplicateValue, ExecutionException, InterruptedException, VersionConflict {
    documents().commit(put(note("n1", "0"), 0));
    List<Future<?>> readers = new ArrayList<>();
    AtomicLong durable = new AtomicLong(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int reader = 0; reader < 4; reader++) {
        readers.add(
            threads.submit(
                () -> {
                  while (durable.get() < 200) {
                    long before = durable.get();
                    long found = documents().find(NOTE, "n1").orElseThrow().version();
                    assertThat(found).isGreaterThanOrEqualTo(before);
                  }
                }));
      }
      try {
        for (long version = 1; version < 200; version++) {
          durable.set(documents().commit(put(note("n1", "a" + version), version)));
          assertThat(documents().find(NOTE, "n1").orElseThrow().version()).isEqualTo(version + 1);
        }
      } finally {
        durable.set(200);
      }
      for (Future<?> reader : readers) {
        reader.get();
      }
    }
    documents().commit(delete("n1", 200));
    assertThat(documents().find(NOTE, "n1")).isEmpty();
    documents().commit(put(note("n1", "again"), 0));
    assertThat(documents().find(NOTE, "n1").orElseThrow().version()).isEqualTo(1);
  }

  @Test
  void refusesAWriteOverAnotherVersionAndSaysWhich() throws Exception {
    documents().commit(put(note("n1", "a"), 0));

    assertThatThrownBy(() -> documents().commit(put(note("n1", "b"), 0)))
        .isInstanceOf(VersionConflict.class)
        .hasMessage("note n1: at version 1 (expected: 0); read it again and repeat the change");
    assertThatThrownBy(() -> documents().commit(put(note("n1", "b"), 2)))
        .isInstanceOf(VersionConflict.class);
    assertThatThrownBy(() -> documents().commit(put(note("n2", "b"), 1)))
        .isInstanceOf(VersionConflict.class)
        .hasMessageStartingWith("note n2: at version 0 (expected: 1)");
    assertThat(documents().find(NOTE, "n1").orElseThrow().indexed()).containsEntry("slug", "a");
    assertThat(documents().find(NOTE, "n2")).isEmpty();
  }

  @Test
  void refusesATakenUniqueValueAndWritesNothingOfTheChange() throws Exception {
    documents().commit(put(note("n1", "a"), 0));
    Change second =
        new Change.Put(NOTE, note("n2", "a"), 0, List.of(event("e1", "n2")), Urgency.INTERACTIVE);

    Throwable refusal = catchThrowable(() -> documents().commit(second));

    assertThat(refusal)
        .isInstanceOf(DuplicateValue.class)
        .hasMessage("note: another document has the same slug");
    assertThat(((DuplicateValue) refusal).field()).isEqualTo("slug");
    assertThat(documents().find(NOTE, "n2")).isEmpty();
    assertThat(journal().read(0, 10)).isEmpty();
  }

  @Test
  void letsDocumentsWithoutAUniqueValueLiveTogetherAndReusesFreedValues() throws Exception {
    documents().commit(put(new Document("n1", 0, Map.of(), new byte[0]), 0));
    documents().commit(put(new Document("n2", 0, Map.of(), new byte[0]), 0));
    documents().commit(put(note("n3", "a"), 0));
    documents().commit(put(note("n3", "b"), 1));

    documents().commit(put(note("n4", "a"), 0));

    assertThat(documents().count(NOTE, List.of())).isEqualTo(4);
    assertThat(documents().find(NOTE, "n1").orElseThrow().body()).isEmpty();
  }

  @Test
  void deletesAtTheExpectedVersionOnly() throws Exception {
    documents().commit(put(note("n1", "a"), 0));
    documents().commit(put(note("n1", "b"), 1));

    assertThatThrownBy(() -> documents().commit(delete("n1", 1)))
        .isInstanceOf(VersionConflict.class);
    long last = documents().commit(delete("n1", 2));

    assertThat(last).isEqualTo(2);
    assertThat(documents().find(NOTE, "n1")).isEmpty();
    assertThat(documents().commit(put(note("n1", "b"), 0))).isEqualTo(1);
  }

  @Test
  void recordsTheEventsOfACommitInOrder() throws Exception {
    List<NewEvent> events = List.of(event("e1", "n1"), event("e2", "n1"));

    documents().commit(new Change.Put(NOTE, note("n1", "a"), 0, events, Urgency.INTERACTIVE));
    documents().commit(new Change.Delete(NOTE, "n1", 1, List.of(event("e3", "n1")), Urgency.BULK));

    assertThat(journal().read(0, 10))
        .extracting(entry -> entry.event().id())
        .containsExactly("e1", "e2", "e3");
    assertThatThrownBy(
            () ->
                documents()
                    .commit(
                        new Change.Put(
                            NOTE, note("n1", "a"), 5, List.of(event("e4", "n1")), Urgency.BULK)))
        .isInstanceOf(VersionConflict.class);
    assertThat(journal().read(0, 10)).hasSize(3);
  }

  @Test
  void letsExactlyOneOfManyWritersOfAVersionThrough() throws Exception {
    documents().commit(put(note("n1", "a"), 0));
    AtomicInteger conflicts = new AtomicInteger();
    AtomicInteger losers = new AtomicInteger();
    AtomicInteger winners = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 64; i++) {
        int writer = i;
        Future<Integer> unused =
            threads.submit(() -> (wins(writer, conflicts) ? winners : losers).incrementAndGet());
      }
    }
    assertThat(winners).hasValue(1);
    assertThat(losers).hasValue(63);
    assertThat(conflicts).hasValue(63);
    assertThat(documents().find(NOTE, "n1").orElseThrow().version()).isEqualTo(2);
  }

  private boolean wins(int writer, AtomicInteger conflicts) throws DuplicateValue {
    try {
      Urgency urgency = writer % 2 == 0 ? Urgency.INTERACTIVE : Urgency.BULK;
      documents().commit(new Change.Put(NOTE, note("n1", "s" + writer), 1, List.of(), urgency));
      return true;
    } catch (VersionConflict conflict) {
      conflicts.incrementAndGet();
      return false;
    }
  }

  @Test
  void commitsManyEachForItself() throws Exception {
    documents().commit(put(note("n1", "a"), 0));
    List<Change> changes =
        List.of(
            bulk(note("n2", "b"), 0),
            bulk(note("n3", "a"), 0),
            bulk(note("n1", "c"), 7),
            bulk(note("n4", "b"), 0),
            bulk(note("n1", "d"), 1));

    List<Documents.Outcome> outcomes = documents().commitAll(changes);

    assertThat(outcomes)
        .satisfiesExactly(
            made -> assertThat(made).isEqualTo(new Documents.Outcome.Committed(1)),
            taken -> assertThat(taken).isInstanceOf(Documents.Outcome.Duplicating.class),
            other -> assertThat(other).isInstanceOf(Documents.Outcome.Conflicting.class),
            taken -> assertThat(taken).isInstanceOf(Documents.Outcome.Duplicating.class),
            changed -> assertThat(changed).isEqualTo(new Documents.Outcome.Committed(2)));
    assertThat(journal().read(0, 10))
        .extracting(entry -> entry.event().key())
        .containsExactly("n2", "n1");
    assertThat(documents().findAll(NOTE, List.of("n4", "n1", "n3", "n2", "n1")))
        .extracting(Document::id)
        .containsExactlyInAnyOrder("n1", "n2", "n1");
    assertThat(documents().commitAll(List.of())).isEmpty();
  }

  @Test
  void commitsThousandsOfManyCallersAtOnce() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int caller = 0; caller < 8; caller++) {
        String name = "c" + caller + "-";
        Future<List<Documents.Outcome>> unused =
            threads.submit(
                () ->
                    documents()
                        .commitAll(
                            IntStream.range(0, 1_000)
                                .<Change>mapToObj(i -> bulk(note(name + i, name + i), 0))
                                .toList()));
      }
    }
    assertThat(documents().count(NOTE, List.of())).isEqualTo(8_000);
    assertThat(journal().last()).isEqualTo(8_000);
  }

  private static Change bulk(Document document, long version) {
    String id = document.id();
    return new Change.Put(NOTE, document, version, List.of(event("e-" + id, id)), Urgency.BULK);
  }

  @Test
  void refusesTooManyOrMixedChangesAtOnce() {
    List<Change> many =
        IntStream.range(0, 1_001).<Change>mapToObj(i -> bulk(note("n" + i, "s" + i), 0)).toList();
    assertThatThrownBy(() -> documents().commitAll(many))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("changes: 1001 (expected: at most 1000)");
    assertThatThrownBy(
            () -> documents().commitAll(List.of(many.getFirst(), put(note("m", "m"), 0))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("changes: of several areas or urgencies");
  }

  @Test
  void keepsALargeBodyWhole() throws Exception {
    byte[] body = new byte[5_000_000];
    new Random(1).nextBytes(body);

    documents().commit(put(new Document("n1", 0, Map.of(), body), 0));

    assertThat(documents().find(NOTE, "n1").orElseThrow().body()).isEqualTo(body);
  }

  @Test
  void refusesFieldsAndValuesThatAreNotDeclared() {
    assertThatThrownBy(
            () -> documents().commit(put(new Document("n", 0, Map.of("x", 1L), new byte[0]), 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("note.x: not a declared field");
    assertThatThrownBy(
            () ->
                documents().commit(put(new Document("n", 0, Map.of("owner", 1L), new byte[0]), 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("note.owner: a Long in a field of TEXT");
    Kind other = new Kind("main", "other", List.of());
    assertThatThrownBy(() -> documents().find(other, "n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("kind: other in area main (expected: a kind");
  }

  /// A document with a slug.
  protected static Document note(String id, String slug) {
    return new Document(id, 0, Map.of("slug", slug), "{}".getBytes(StandardCharsets.UTF_8));
  }

  /// A change that waits for its commit.
  protected static Change put(Document document, long expectedVersion) {
    return new Change.Put(NOTE, document, expectedVersion, List.of(), Urgency.INTERACTIVE);
  }

  private static Change delete(String id, long expectedVersion) {
    return new Change.Delete(NOTE, id, expectedVersion, List.of(), Urgency.INTERACTIVE);
  }

  /// An event of the topic `note`.
  protected static NewEvent event(String id, String key) {
    return new NewEvent(id, "note", key, "note_changed", id.getBytes(StandardCharsets.UTF_8));
  }
}

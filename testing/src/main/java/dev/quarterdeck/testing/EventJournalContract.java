package dev.quarterdeck.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.store.Change;
import dev.quarterdeck.store.Change.Urgency;
import dev.quarterdeck.store.Document;
import dev.quarterdeck.store.Documents;
import dev.quarterdeck.store.EventJournal;
import dev.quarterdeck.store.EventJournal.Entry;
import dev.quarterdeck.store.NewEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What every implementation of [EventJournal] does.
public abstract class EventJournalContract {
  /// The journal under test, empty at the start of each test.
  protected abstract EventJournal journal();

  /// Where the events come from, opened with [DocumentsContract#NOTE].
  protected abstract Documents documents();

  /// The clock that the store was opened with.
  protected abstract TestClock clock();

  /// Closes the store and opens it again; the other methods then answer the new one's parts.
  protected abstract void reopen();

  @Test
  void isEmptyAtFirst() {
    assertThat(journal().last()).isZero();
    assertThat(journal().read(0, 10)).isEmpty();
    assertThat(journal().readKey("note", "n1", 0, 10)).isEmpty();
    assertThat(journal().cursor("group")).isZero();
  }

  @Test
  void givesEntriesBackWholeAndInTheOrderOfTheirCommits() throws Exception {
    append("n1", "e1", "e2");
    clock().advance(Duration.ofMillis(5));
    append("n2", "e3");

    List<Entry> entries = journal().read(0, 10);

    assertThat(entries).extracting(e -> e.event().id()).containsExactly("e1", "e2", "e3");
    assertThat(entries).extracting(Entry::position).isSorted().doesNotHaveDuplicates();
    assertThat(entries.getLast().position()).isEqualTo(journal().last());
    Entry third = entries.get(2);
    assertThat(third.time()).isEqualTo(clock().instant());
    assertThat(third.event().topic()).isEqualTo("note");
    assertThat(third.event().key()).isEqualTo("n2");
    assertThat(third.event().type()).isEqualTo("note_changed");
    assertThat(third.event().body()).asString(StandardCharsets.UTF_8).isEqualTo("body of e3 ✓");
  }

  @Test
  void readsOnFromAPositionInBoundedBatches() throws Exception {
    append("n1", "e1", "e2", "e3");
    List<Entry> first = journal().read(0, 2);

    List<Entry> second = journal().read(first.getLast().position(), 2);

    assertThat(first).hasSize(2);
    assertThat(second).extracting(e -> e.event().id()).containsExactly("e3");
    assertThat(journal().read(journal().last(), 2)).isEmpty();
  }

  @Test
  void readsTheEntriesOfOneAggregateOnly() throws Exception {
    append("n1", "e1");
    append("n2", "e2");
    append("n1", "e3", "e4");

    List<Entry> found = journal().readKey("note", "n1", 0, 10);

    assertThat(found).extracting(e -> e.event().id()).containsExactly("e1", "e3", "e4");
    assertThat(journal().readKey("note", "n1", found.getFirst().position(), 1))
        .extracting(e -> e.event().id())
        .containsExactly("e3");
    assertThat(journal().readKey("other", "n1", 0, 10)).isEmpty();
  }

  @Test
  void keepsACursorPerGroupOverACleanRestart() throws Exception {
    append("n1", "e1", "e2");
    journal().saveCursor("a", 1);
    journal().saveCursor("b", 2);
    journal().saveCursor("a", 2);
    journal().saveCursor("b", 1);

    reopen();

    assertThat(journal().cursor("a")).isEqualTo(2);
    assertThat(journal().cursor("b")).isEqualTo(1);
    assertThat(journal().cursor("c")).isZero();
    assertThat(journal().read(0, 10)).hasSize(2);
  }

  @Test
  void neverUsesAPositionAgain() throws Exception {
    append("n1", "e1", "e2");
    long last = journal().last();
    journal().deleteBefore(clock().instant().plusMillis(1), 10);

    reopen();
    append("n2", "e3");

    assertThat(journal().last()).isGreaterThan(last);
    assertThat(journal().read(last, 10)).hasSize(1);
  }

  @Test
  void deletesOldEntriesInBoundedSteps() throws Exception {
    append("n1", "e1", "e2", "e3");
    Instant cut = clock().advance(Duration.ofDays(1));
    append("n2", "e4");

    assertThat(journal().deleteBefore(cut, 2)).isEqualTo(2);
    assertThat(journal().read(0, 10)).extracting(e -> e.event().id()).containsExactly("e3", "e4");
    assertThat(journal().deleteBefore(cut, 2)).isEqualTo(1);
    assertThat(journal().deleteBefore(cut, 2)).isZero();
    assertThat(journal().read(0, 10)).extracting(e -> e.event().id()).containsExactly("e4");
  }

  @Test
  void signalsEveryListenerWhenTheEventsCanBeRead() throws Exception {
    AtomicInteger seen = new AtomicInteger();
    AtomicInteger signals = new AtomicInteger();
    EventJournal journal = journal();
    journal.listen(
        () -> {
          throw new IllegalStateException("a listener that fails harms nobody");
        });
    journal.listen(signals::incrementAndGet);
    append("n1", "e1");
    Awaiting.until("one signal", () -> signals.get() >= 1);
    seen.set(journal.read(0, 10).size());
    append("n2", "e2");

    Awaiting.until("a signal after the second commit", () -> signals.get() >= 2);
    assertThat(seen).hasValue(1);
  }

  @Test
  void ordersTheEventsOfConcurrentCommitsWithoutGapOrLoss() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 200; i++) {
        String id = "n" + i;
        var unused =
            threads.submit(
                () -> {
                  append(id, id + "-1", id + "-2");
                  return id;
                });
      }
    }
    List<String> seen = new ArrayList<>();
    long position = 0;
    while (position < journal().last()) {
      List<Entry> batch = journal().read(position, 7);
      batch.forEach(entry -> seen.add(entry.event().id()));
      position = batch.getLast().position();
    }
    assertThat(seen).hasSize(400).doesNotHaveDuplicates();
    for (int i = 0; i < 200; i++) {
      assertThat(seen.indexOf("n" + i + "-2")).isEqualTo(seen.indexOf("n" + i + "-1") + 1);
    }
  }

  private void append(String key, String... ids) throws Exception {
    List<NewEvent> events = new ArrayList<>();
    for (String id : ids) {
      byte[] body = ("body of " + id + " ✓").getBytes(StandardCharsets.UTF_8);
      events.add(new NewEvent(id, "note", key, "note_changed", body));
    }
    long version = documents().find(DocumentsContract.NOTE, key).map(Document::version).orElse(0L);
    Document document = new Document(key, 0, Map.of(), new byte[0]);
    documents()
        .commit(
            new Change.Put(DocumentsContract.NOTE, document, version, events, Urgency.INTERACTIVE));
  }
}

package dev.quarterdeck.executions;

import static dev.quarterdeck.executions.FakeSandbox.ended;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.events.EventEnvelope;
import dev.quarterdeck.events.EventHandler;
import dev.quarterdeck.store.EventJournal.Entry;
import dev.quarterdeck.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChaosTest {
  @TempDir Path directory;

  @Test
  void changesNothingWhenEventsComeTwiceLateAndInAnyOrder() throws Exception {
    FakeSandbox sandbox =
        new FakeSandbox()
            .program("quick", process -> ended(Verdict.COMPLETED, 0))
            .program("sleep", FakeSandbox.Process::sleepForever);
    try (Fixture fixture = new Fixture(directory, sandbox)) {
      List<Execution> all = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        Execution execution = fixture.submit(i % 3 == 0 ? "sleep" : "quick");
        all.add(execution);
        if (i % 3 == 0) {
          deliverShuffled(fixture, i);
          fixture.executions.cancel(execution.id(), "chaos", "anna");
        }
        deliverShuffled(fixture, i);
      }
      List<Execution> ends = new ArrayList<>();
      for (Execution execution : all) {
        ends.add(fixture.finished(execution));
      }
      int started = sandbox.started();
      deliverShuffled(fixture, 99);

      assertThat(sandbox.started()).isEqualTo(started);
      assertThat(fixture.executions.health().queueDepth()).isZero();
      for (int i = 0; i < ends.size(); i++) {
        Execution end = fixture.executions.get(all.get(i).id());
        assertThat(end).isEqualTo(ends.get(i));
        assertThat(end.status())
            .isEqualTo(i % 3 == 0 ? ExecutionStatus.CANCELLED : ExecutionStatus.COMPLETED);
        assertThat(end.history().stream().filter(step -> step.type().equals(Step.RESULT_STORED)))
            .hasSize(1);
        assertThat(end.history().stream().filter(step -> step.type().equals(Step.RUNNING)).count())
            .isLessThanOrEqualTo(1);
      }
    }
  }

  private static void deliverShuffled(Fixture fixture, long seed) throws Exception {
    List<Entry> entries =
        new ArrayList<>(fixture.store.journal(SqliteStore.MAIN_AREA).read(0, 1000));
    entries.addAll(entries);
    Collections.shuffle(entries, new Random(seed));
    for (EventHandler handler : fixture.executions.handlers()) {
      for (Entry entry : entries) {
        handler.handle(EventEnvelope.of(entry.event()));
      }
    }
  }

  @Test
  void writesThreeVersionsAndFourEventsForARun() {
    FakeSandbox sandbox =
        new FakeSandbox().program("quick", process -> ended(Verdict.COMPLETED, 0));
    try (Fixture fixture = new Fixture(directory, sandbox)) {
      Execution end = fixture.finished(fixture.submit("quick"));
      List<Entry> entries = fixture.store.journal(SqliteStore.MAIN_AREA).read(0, 1000);

      assertThat(end.version()).isEqualTo(3);
      assertThat(entries)
          .extracting(entry -> entry.event().id())
          .containsExactlyElementsOf(end.history().stream().map(Step::eventId).toList());
    }
  }
}

package dev.quarterdeck.executions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OpenExecutionsTest {
  private static final Instant NOW = Instant.EPOCH;

  private final OpenExecutions open = new OpenExecutions();
  private final AtomicInteger ids = new AtomicInteger();

  private String id() {
    return "id-" + ids.incrementAndGet();
  }

  private Execution queued(String id, String source) {
    Program program = Program.of("x", "1.0", source, List.of(), "");
    return Execution.accept(
        id,
        new Execution.Request(Fixture.ANNA, program, Priority.NORMAL, Optional.empty()),
        NOW,
        this::id);
  }

  private Execution running(Execution queued) {
    return queued.claim("w", NOW, NOW, this::id).orElseThrow();
  }

  private Execution finished(Execution running) {
    return running
        .finish(1, Outcome.withoutRun(Verdict.COMPLETED, "because"), NOW, this::id)
        .orElseThrow();
  }

  private void commit(Execution execution) {
    open.begin(execution.id());
    open.end(execution.id(), Optional.of(execution));
  }

  @Test
  void knowsTheNewestVersionUntilTheEnd() {
    Execution queued = queued("e", "x");
    commit(queued);
    assertThat(open.latest("e")).contains(queued);

    Execution running = running(queued);
    commit(running);
    assertThat(open.latest("e")).contains(running);

    commit(finished(running));
    assertThat(open.latest("e")).isEmpty();
    assertThat(open.size()).isZero();
  }

  @Test
  void isNotTakenBackByACommitThatIsToldLate() {
    Execution queued = queued("e", "x");
    Execution running = running(queued);
    open.begin("e");
    open.begin("e");
    open.end("e", Optional.of(finished(running)));
    assertThat(open.latest("e")).hasValueSatisfying(e -> assertThat(e.finished()).isPresent());
    open.end("e", Optional.of(running));

    assertThat(open.latest("e")).isEmpty();
    assertThat(open.size()).isZero();
  }

  @Test
  void forgetsWhatAnotherWriteCameBefore() {
    commit(queued("e", "x"));
    open.begin("e");
    open.end("e", Optional.empty());

    assertThat(open.latest("e")).isEmpty();
    assertThat(open.size()).isZero();
  }

  @Test
  void holdsNoMoreThanItsBound() {
    String large = "x".repeat(60_000);
    for (int i = 0; i < 1_000; i++) {
      commit(queued("e" + i, large));
    }
    commit(queued("huge", "x".repeat(100_000)));

    assertThat(open.size()).isBetween(200, 300);
    assertThat(open.latest("huge")).isEmpty();
    for (int i = 0; i < 1_000; i++) {
      Execution execution = queued("e" + i, large);
      commit(finished(running(execution)));
    }
    assertThat(open.size()).isZero();
    commit(queued("again", large));
    assertThat(open.latest("again")).isPresent();
  }
}

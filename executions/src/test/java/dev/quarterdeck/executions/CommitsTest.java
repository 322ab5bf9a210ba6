package dev.quarterdeck.executions;

import static dev.quarterdeck.executions.FakeSandbox.ended;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.testing.Awaiting;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How many durable commits stand between a request and its result.
class CommitsTest {
  @TempDir Path directory;
  private final CountDownLatch gate = new CountDownLatch(1);
  private final FakeSandbox sandbox =
      new FakeSandbox()
          .program(
              "short",
              process -> {
                process.out("hello\n");
                return ended(Verdict.COMPLETED, 0);
              })
          .program("long", process -> process.until(gate));

  private static long commits(Fixture fixture, String source) {
    long before = fixture.store.transactions();
    Execution end = fixture.finished(fixture.submit(source));
    assertThat(end.history())
        .extracting(Step::type)
        .containsExactly(
            "execution_requested", "execution_running", "execution_completed", "result_stored");
    assertThat(end.history()).extracting(Step::version).containsExactly(1L, 2L, 3L, 3L);
    return fixture.store.transactions() - before;
  }

  @Test
  void takesTwoCommitsForARunThatEndsBeforeItsClaimIsNeeded() {
    try (Fixture fixture = new Fixture(directory, sandbox)) {
      // On a slow machine even this one may last longer than its claim and its output wait.
      Awaiting.until(
          "a run with two commits",
          () -> {
            long commits = commits(fixture, "short");
            assertThat(commits).isBetween(2L, 4L);
            return commits == 2;
          });
    }
  }

  @Test
  void takesThreeForALongerOne() {
    try (Fixture fixture = new Fixture(directory, sandbox)) {
      long before = fixture.store.transactions();
      Execution execution = fixture.submit("long");
      fixture.awaitStatus(execution, ExecutionStatus.RUNNING);
      assertThat(fixture.store.transactions() - before).isEqualTo(2);

      gate.countDown();
      fixture.finished(execution);
      assertThat(fixture.store.transactions() - before).isEqualTo(3);
    }
  }

  @Test
  void throwsAwayTheRunOfOneThatWasCancelledBeforeItsClaim() {
    FakeSandbox holding = new FakeSandbox().program("hold", process -> process.until(gate));
    try (Fixture fixture = new Fixture(directory, holding)) {
      Execution execution = fixture.submit("hold");
      Cancelled answer = fixture.executions.cancel(execution.id(), "at once", "anna");
      Execution end = fixture.finished(execution);

      assertThat(end.status()).isEqualTo(ExecutionStatus.CANCELLED);
      assertThat(end.history()).extracting(Step::eventId).contains(answer.eventId());
      Awaiting.until("the program was stopped", () -> holding.running() == 0);
      Awaiting.until("the slot is free", () -> fixture.executions.health().slotsInUse() == 0);
      assertThat(fixture.executions.get(execution.id())).isEqualTo(end);
    }
  }
}

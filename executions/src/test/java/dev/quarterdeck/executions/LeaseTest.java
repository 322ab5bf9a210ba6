package dev.quarterdeck.executions;

import static dev.quarterdeck.executions.FakeSandbox.ended;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.testing.Awaiting;
import dev.quarterdeck.testing.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Slots come back whatever a sandbox does.
class LeaseTest {
  @TempDir private Path directory = Path.of("");

  @Test
  void givesTheSlotOfARunThatNeverEndsToAnother() {
    CountDownLatch never = new CountDownLatch(1);
    AtomicInteger attempts = new AtomicInteger();
    FakeSandbox sandbox =
        new FakeSandbox()
            .program("quick", process -> ended(Verdict.COMPLETED, 0))
            .program(
                "deaf",
                process -> {
                  if (attempts.incrementAndGet() == 1) {
                    // Hears of no cancellation and comes back much too late.
                    never.await();
                  }
                  return ended(Verdict.COMPLETED, 0);
                });
    TestClock clock = TestClock.atNoon();
    try (Fixture fixture =
        new Fixture(directory, sandbox, clock, Fixture.Options.defaults().slots(1))) {
      Execution deaf = fixture.submit("deaf");
      Awaiting.until("it runs", () -> attempts.get() == 1);
      fixture.awaitStatus(deaf, ExecutionStatus.RUNNING);
      Execution waits = fixture.submit("quick");
      Awaiting.until("it waits", () -> fixture.executions.waiting(waits.id()).isPresent());
      assertThat(fixture.executions.health().slotsOverdue()).isZero();

      clock.advance(Duration.ofSeconds(5 + 60 + 1));
      assertThat(fixture.executions.health().slotsOverdue()).isEqualTo(1);
      fixture.executions.lookAfter();
      assertThat(fixture.executions.health().slotsInUse()).isEqualTo(1);

      clock.advance(Duration.ofSeconds(61));
      fixture.executions.lookAfter();

      assertThat(fixture.finished(waits).status()).isEqualTo(ExecutionStatus.COMPLETED);
      assertThat(fixture.finished(deaf).status()).isEqualTo(ExecutionStatus.COMPLETED);
      assertThat(fixture.executions.get(deaf.id()).state().attempt()).isEqualTo(2);
      assertThat(fixture.executions.counters())
          .containsEntry("slots_lost_total", 1L)
          .containsEntry("slots_overdue", 0L);
      never.countDown();
      Awaiting.until("no slot is in use", () -> fixture.executions.health().slotsInUse() == 0);
      fixture.finished(fixture.submit("quick"));
      assertThat(sandbox.most()).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void saysWhereAnExecutionStandsInLineAndWhenItsTurnComes() {
    CountDownLatch latch = new CountDownLatch(1);
    FakeSandbox sandbox =
        new FakeSandbox()
            .program("quick", process -> ended(Verdict.COMPLETED, 0))
            .program("waits", process -> process.until(latch));
    try (Fixture fixture =
        new Fixture(directory, sandbox, TestClock.atNoon(), Fixture.Options.defaults().slots(1))) {
      fixture.finished(fixture.submit("quick"));
      Execution running = fixture.submit("waits");
      fixture.awaitStatus(running, ExecutionStatus.RUNNING);
      Execution first = fixture.submit("quick");
      Execution second = fixture.submit("quick");
      Execution other = fixture.submit(Fixture.BERT, "quick");
      Awaiting.until(
          "all wait", () -> fixture.executions.waiting().getOrDefault(Priority.NORMAL, 0) == 3);

      assertThat(fixture.executions.waiting(running.id())).isEmpty();
      int sum = 0;
      for (Execution each : java.util.List.of(first, second, other)) {
        Executions.Waiting waiting = fixture.executions.waiting(each.id()).orElseThrow();
        assertThat(waiting.estimatedStart().orElseThrow()).isAfter(fixture.clock.instant());
        sum += waiting.position();
      }
      assertThat(sum).isEqualTo(1 + 2 + 3);
      latch.countDown();
    }
  }
}

package dev.quarterdeck.executions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ExecutionTest {
  private static final Instant NOW = Instant.parse("2026-01-15T12:00:00Z");
  private static final Instant LEASE = NOW.plusSeconds(60);
  private final AtomicInteger counter = new AtomicInteger();
  private final Cancellation demand = new Cancellation("no longer needed", "anna", NOW, "c-1");

  private final Execution queued =
      Execution.accept(
          "e-1",
          new Execution.Request(
              Fixture.ANNA,
              Fixture.python("print(1)"),
              Priority.NORMAL,
              Optional.of(new Idempotency("u\nk", "hash"))),
          NOW,
          this::ids);

  private String ids() {
    return "event-" + counter.incrementAndGet();
  }

  private Execution running() {
    return queued.claim("w", NOW, LEASE, this::ids).orElseThrow();
  }

  private static Outcome outcome(Verdict verdict) {
    return new Outcome(
        verdict,
        OptionalInt.of(0),
        OptionalInt.empty(),
        Duration.ofMillis(1234),
        Duration.ofMillis(56),
        7890,
        12,
        34,
        true,
        false,
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        "because",
        "L3");
  }

  private Execution finished() {
    return running().finish(1, outcome(Verdict.COMPLETED), NOW, this::ids).orElseThrow();
  }

  @Test
  void goesFromTheQueueToItsEndInThreeVersions() {
    assertThat(queued.version()).isEqualTo(1);
    assertThat(running().version()).isEqualTo(2);
    Execution end = finished();

    assertThat(end.version()).isEqualTo(3);
    assertThat(end.status()).isEqualTo(ExecutionStatus.COMPLETED);
    assertThat(end.stepsSince(end.version() - 1))
        .extracting(Step::type)
        .containsExactly("execution_completed", "result_stored");
  }

  @Test
  void changesNothingWhenATransitionHappenedBefore() {
    assertThat(running().claim("other", NOW, LEASE, this::ids)).isEmpty();
    assertThat(finished().claim("other", NOW, LEASE, this::ids)).isEmpty();
    assertThat(finished().finish(1, outcome(Verdict.FAILED), NOW, this::ids)).isEmpty();
    assertThat(finished().cancel(demand, this::ids)).isEmpty();
    assertThat(finished().lost(NOW, this::ids)).isEmpty();
    assertThat(queued.finish(1, outcome(Verdict.COMPLETED), NOW, this::ids)).isEmpty();
    assertThat(queued.lost(NOW, this::ids)).isEmpty();
    assertThat(queued.interrupted(1, NOW, this::ids)).isEmpty();
  }

  @Test
  void refusesTheEndOfAnEarlierAttempt() {
    Execution second =
        running()
            .lost(NOW, this::ids)
            .orElseThrow()
            .claim("w", NOW, LEASE, this::ids)
            .orElseThrow();

    assertThat(second.state().attempt()).isEqualTo(2);
    assertThat(second.finish(1, outcome(Verdict.COMPLETED), NOW, this::ids)).isEmpty();
    assertThat(second.finish(2, outcome(Verdict.COMPLETED), NOW, this::ids)).isPresent();
  }

  @Test
  void endsAtOnceWhenCancelledInTheQueue() {
    Execution end = queued.cancel(demand, this::ids).orElseThrow();

    assertThat(end.status()).isEqualTo(ExecutionStatus.CANCELLED);
    assertThat(end.stepsSince(end.version() - 1))
        .extracting(Step::type)
        .containsExactly("execution_cancelled", "result_stored");
    assertThat(end.stepsSince(end.version() - 1).getFirst().eventId()).isEqualTo("c-1");
  }

  @Test
  void remembersACancellationUntilTheRunHasEnded() {
    Execution asked = running().cancel(demand, this::ids).orElseThrow();
    assertThat(asked.status()).isEqualTo(ExecutionStatus.RUNNING);
    assertThat(asked.stepsSince(asked.version() - 1)).isEmpty();
    assertThat(asked.cancel(demand, this::ids)).isEmpty();

    Execution end = asked.finish(1, outcome(Verdict.CANCELLED), NOW, this::ids).orElseThrow();
    assertThat(end.stepsSince(end.version() - 1).getFirst().eventId()).isEqualTo("c-1");
    Execution tooLate = asked.finish(1, outcome(Verdict.COMPLETED), NOW, this::ids).orElseThrow();
    assertThat(tooLate.status()).isEqualTo(ExecutionStatus.COMPLETED);
    assertThat(tooLate.stepsSince(tooLate.version() - 1).getFirst().eventId()).isNotEqualTo("c-1");
  }

  @Test
  void getsOneNewAttemptWhenItsProcessIsLostAndNoSecond() {
    Execution again = running().lost(NOW, this::ids).orElseThrow();
    assertThat(again.status()).isEqualTo(ExecutionStatus.QUEUED);
    assertThat(again.stepsSince(again.version() - 1)).singleElement().matches(Step::restarted);

    Execution end =
        again.claim("w", NOW, LEASE, this::ids).orElseThrow().lost(NOW, this::ids).orElseThrow();
    assertThat(end.status()).isEqualTo(ExecutionStatus.ERROR);
    assertThat(end.finished().orElseThrow().outcome().verdict()).isEqualTo(Verdict.SANDBOX_ERROR);
  }

  @Test
  void endsAsCancelledWhenLostAfterTheCancellation() {
    Execution end =
        running().cancel(demand, this::ids).orElseThrow().lost(NOW, this::ids).orElseThrow();

    assertThat(end.status()).isEqualTo(ExecutionStatus.CANCELLED);
  }

  @Test
  void doesNotCountAnInterruptionInGoodOrderAsALoss() {
    Execution again = running().interrupted(1, NOW, this::ids).orElseThrow();

    assertThat(again.losses()).isZero();
    assertThat(again.state().attempt()).isEqualTo(2);
    assertThat(
            again
                .claim("w", NOW, LEASE, this::ids)
                .orElseThrow()
                .lost(NOW, this::ids)
                .orElseThrow()
                .status())
        .isEqualTo(ExecutionStatus.QUEUED);
  }

  @Test
  void isReadBackFromItsDocumentAsItWas() {
    List<Execution> all =
        List.of(
            queued,
            running(),
            running().cancel(demand, this::ids).orElseThrow(),
            running().lost(NOW, this::ids).orElseThrow(),
            finished(),
            queued.cancel(demand, this::ids).orElseThrow());

    assertThat(all)
        .allSatisfy(
            one ->
                assertThat(ExecutionDocuments.read(ExecutionDocuments.write(one))).isEqualTo(one));
  }

  @Test
  void givesPositionsThatGrowWithEveryEvent() {
    assertThat(finished().history()).extracting(Step::position).containsExactly(1L, 2L, 3L, 4L);
  }
}

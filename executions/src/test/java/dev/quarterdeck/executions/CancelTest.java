package dev.quarterdeck.executions;

import static dev.quarterdeck.executions.FakeSandbox.ended;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarterdeck.runtime.ProblemException;
import dev.quarterdeck.testing.Awaiting;
import dev.quarterdeck.testing.TestClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CancelTest {
  @TempDir Path directory;
  private final CountDownLatch gate = new CountDownLatch(1);
  private final FakeSandbox sandbox =
      new FakeSandbox()
          .program("wait", process -> process.until(gate))
          .program("quick", process -> ended(Verdict.COMPLETED, 0))
          .program(
              "sleep",
              process -> {
                process.out("before\n");
                return process.sleepForever();
              });

  @Test
  void stopsAProgramThatRunsAndKeepsItsOutput() {
    try (Fixture fixture = new Fixture(directory, sandbox)) {
      Execution execution = fixture.submit("sleep");
      try (Recorder watcher = Recorder.of(fixture, execution)) {
        Awaiting.until("output", () -> watcher.stdout().length == 7);
        Cancelled answer = fixture.executions.cancel(execution.id(), "enough", "anna");

        Execution end = fixture.finished(execution);
        assertThat(end.status()).isEqualTo(ExecutionStatus.CANCELLED);
        assertThat(end.history()).extracting(Step::eventId).contains(answer.eventId());
        assertThat(watcher.whole()).endsWith("out:1", "execution_cancelled", "result_stored");
        assertThat(fixture.executions.output(end).stdout())
            .asString(StandardCharsets.UTF_8)
            .isEqualTo("before\n");
        Awaiting.until("the slot is free", () -> fixture.executions.health().slotsInUse() == 0);
      }
    }
  }

  @Test
  void neverRunsOneThatWasCancelledInTheQueue() {
    try (Fixture fixture =
        new Fixture(directory, sandbox, TestClock.atNoon(), Fixture.Options.defaults().slots(1))) {
      Execution first = fixture.submit("wait");
      fixture.awaitStatus(first, ExecutionStatus.RUNNING);
      Execution second = fixture.submit("quick");
      Cancelled answer = fixture.executions.cancel(second.id(), "changed my mind", "anna");

      assertThat(answer.already()).isFalse();
      assertThat(fixture.executions.get(second.id()).status()).isEqualTo(ExecutionStatus.CANCELLED);
      gate.countDown();
      fixture.finished(first);
      assertThat(fixture.outcome(fixture.submit("quick")).verdict()).isEqualTo(Verdict.COMPLETED);
      assertThat(sandbox.started()).isEqualTo(2);
    }
  }

  @Test
  void answersTheSecondCancelLikeTheFirst() {
    try (Fixture fixture = new Fixture(directory, sandbox)) {
      Execution execution = fixture.submit("sleep");
      fixture.awaitStatus(execution, ExecutionStatus.RUNNING);
      Cancelled first = fixture.executions.cancel(execution.id(), "a", "anna");
      fixture.finished(execution);
      Cancelled second = fixture.executions.cancel(execution.id(), "b", "anna");

      assertThat(second.already()).isTrue();
      assertThat(second.eventId()).isEqualTo(first.eventId());
    }
  }

  @Test
  void refusesToCancelWhatHasEnded() {
    try (Fixture fixture = new Fixture(directory, sandbox)) {
      Execution execution = fixture.finished(fixture.submit("quick"));

      assertThatThrownBy(() -> fixture.executions.cancel(execution.id(), "late", "anna"))
          .hasMessage(
              "execution_finished: execution %s: has ended with the verdict completed (expected:"
                      .formatted(execution.id())
                  + " one that waits or runs)");
      assertThatThrownBy(() -> fixture.executions.cancel("nobody", "late", "anna"))
          .hasMessage("execution_not_found: execution nobody: there is none with this id");
    }
  }

  @Test
  void endsEveryExecutionOnceHoweverCancelAndEndMeet() {
    FakeSandbox racing =
        new FakeSandbox().program("race", process -> process.until(new CountDownLatch(0)));
    try (Fixture fixture = new Fixture(directory, racing)) {
      List<Execution> all = new ArrayList<>();
      for (int i = 0; i < 80; i++) {
        Execution execution = fixture.submit("race");
        all.add(execution);
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    fixture.executions.cancel(execution.id(), "race", "anna");
                  } catch (ProblemException ended) {
                    assertThat(ended.problem().code()).isEqualTo("execution_finished");
                  }
                });
      }
      for (Execution execution : all) {
        Execution end = fixture.finished(execution);
        assertThat(end.history().stream().filter(step -> step.type().equals(Step.RESULT_STORED)))
            .hasSize(1);
      }
      Awaiting.until("all slots are free", () -> fixture.executions.health().slotsInUse() == 0);
    }
  }
}

package dev.quarterdeck.executions;

import static dev.quarterdeck.executions.FakeSandbox.ended;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.testing.Awaiting;
import dev.quarterdeck.testing.TestClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartTest {
  @TempDir Path directory;
  private final TestClock clock = TestClock.atNoon();

  private static FakeSandbox hanging() {
    return new FakeSandbox()
        .program("quick", process -> ended(Verdict.COMPLETED, 0))
        .program(
            "talk",
            process -> {
              process.out("attempt that is lost\n");
              return process.until(new CountDownLatch(1));
            });
  }

  private static FakeSandbox working() {
    return new FakeSandbox()
        .program("quick", process -> ended(Verdict.COMPLETED, 0))
        .program(
            "talk",
            process -> {
              process.out("héllo ✓\n");
              process.write(true, new byte[] {(byte) 0xFF, (byte) 0xFE, 0});
              return ended(Verdict.COMPLETED, 0);
            });
  }

  private Fixture fixture(FakeSandbox sandbox) {
    return new Fixture(directory, sandbox, clock, Fixture.Options.defaults());
  }

  private static void awaitOutput(Fixture fixture, Execution execution) {
    try (Recorder watcher = Recorder.of(fixture, execution)) {
      Awaiting.until("output", () -> watcher.stdout().length > 0);
    }
  }

  @Test
  void givesALostRunExactlyOneNewAttemptAndSaysSo() {
    Execution execution;
    try (Fixture before = fixture(hanging())) {
      execution = before.submit("talk");
      awaitOutput(before, execution);
      before.crash();
    }
    try (Fixture after = fixture(working())) {
      Execution end = after.finished(execution);

      assertThat(end.status()).isEqualTo(ExecutionStatus.COMPLETED);
      assertThat(end.losses()).isEqualTo(1);
      assertThat(after.executions.output(end).stdout())
          .asString(StandardCharsets.UTF_8)
          .isEqualTo("héllo ✓\n");
      try (Recorder watcher = Recorder.of(after, end)) {
        assertThat(watcher.whole())
            .containsExactly(
                "status:completed",
                "execution_requested",
                "execution_running",
                "out:1",
                "restarted",
                "execution_running",
                "out:2",
                "execution_completed",
                "result_stored");
      }
    }
  }

  @Test
  void givesUpAfterTheSecondLoss() {
    Execution execution;
    try (Fixture first = fixture(hanging())) {
      execution = first.submit("talk");
      awaitOutput(first, execution);
      first.crash();
    }
    try (Fixture second = fixture(hanging())) {
      Awaiting.until("attempt 2 runs", () -> second.executions.get(execution.id()).version() == 4);
      second.crash();
    }
    try (Fixture third = fixture(working())) {
      Execution end = third.finished(execution);

      assertThat(end.status()).isEqualTo(ExecutionStatus.ERROR);
      assertThat(end.finished().orElseThrow().outcome().evidence())
          .isEqualTo("the server was lost twice while the program ran");
      assertThat(third.sandbox.started()).isZero();
    }
  }

  @Test
  void runsWhatWaitedAndKeepsWhatHadEnded() {
    List<Execution> waiting = new ArrayList<>();
    Execution done;
    try (Fixture before = fixture(hanging())) {
      done = before.finished(before.submit("quick"));
      before.submit("talk");
      before.submit("talk");
      Awaiting.until("both slots are in use", () -> before.sandbox.running() == 2);
      for (int i = 0; i < 20; i++) {
        waiting.add(before.submit("quick"));
      }
      before.crash();
    }
    try (Fixture after = fixture(working())) {
      for (Execution execution : waiting) {
        Execution end = after.finished(execution);
        assertThat(end.status()).isEqualTo(ExecutionStatus.COMPLETED);
        assertThat(end.state().attempt()).isEqualTo(1);
        assertThat(end.history().stream().filter(step -> step.type().equals(Step.RESULT_STORED)))
            .hasSize(1);
      }
      assertThat(after.executions.get(done.id())).isEqualTo(done);
    }
  }

  @Test
  void keepsTheExactBytesOverARestart() {
    Execution execution;
    try (Fixture before = fixture(working())) {
      execution = before.finished(before.submit("talk"));
    }
    try (Fixture after = fixture(working())) {
      Output output = after.executions.output(after.executions.get(execution.id()));

      assertThat(output.stdout()).asString(StandardCharsets.UTF_8).isEqualTo("héllo ✓\n");
      assertThat(output.stderr()).isEqualTo(new byte[] {(byte) 0xFF, (byte) 0xFE, 0});
    }
  }

  @Test
  void doesNotRunAgainWhatWasCancelledBeforeTheCrash() {
    Execution execution;
    FakeSandbox deaf =
        new FakeSandbox()
            .program(
                "deaf",
                process -> {
                  new CountDownLatch(1).await();
                  return ended(Verdict.COMPLETED, 0);
                });
    try (Fixture before = fixture(deaf)) {
      execution = before.submit("deaf");
      before.awaitStatus(execution, ExecutionStatus.RUNNING);
      before.executions.cancel(execution.id(), "stop", "anna");
      before.crash();
    }
    try (Fixture after = fixture(working())) {
      assertThat(after.finished(execution).status()).isEqualTo(ExecutionStatus.CANCELLED);
      assertThat(after.sandbox.started()).isZero();
    }
  }

  @Test
  void letsRunsEndThatEndSoonWhenItStops() throws InterruptedException {
    CountDownLatch gate = new CountDownLatch(1);
    FakeSandbox sandbox = new FakeSandbox().program("wait", process -> process.until(gate));
    try (Fixture fixture = fixture(sandbox)) {
      Execution execution = fixture.submit("wait");
      fixture.awaitStatus(execution, ExecutionStatus.RUNNING);
      Thread opener = Thread.ofVirtual().start(gate::countDown);
      fixture.executions.stop(Duration.ofSeconds(20));
      opener.join();

      assertThat(fixture.executions.get(execution.id()).status())
          .isEqualTo(ExecutionStatus.COMPLETED);
    }
  }

  @Test
  void runsAgainWhatItHadToStopAndDoesNotCountItAsLost() throws InterruptedException {
    Execution running;
    Execution late;
    try (Fixture before = fixture(hanging())) {
      running = before.submit("talk");
      awaitOutput(before, running);
      before.executions.stop(Duration.ofMillis(300), Duration.ofSeconds(30));
      late = before.submit("quick");

      assertThat(before.executions.get(running.id()).status()).isEqualTo(ExecutionStatus.QUEUED);
      assertThat(before.executions.health().slotsInUse()).isZero();
    }
    try (Fixture after = fixture(working())) {
      Execution end = after.finished(running);
      assertThat(end.status()).isEqualTo(ExecutionStatus.COMPLETED);
      assertThat(end.losses()).isZero();
      assertThat(end.state().attempt()).isEqualTo(2);
      assertThat(after.finished(late).status()).isEqualTo(ExecutionStatus.COMPLETED);
    }
  }
}

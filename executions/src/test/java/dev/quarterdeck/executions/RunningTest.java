package dev.quarterdeck.executions;

import static dev.quarterdeck.executions.FakeSandbox.ended;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.testing.Awaiting;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningTest {
  @TempDir Path directory;

  @Test
  void runsAProgramAndKeepsItsResultAndOutput() {
    FakeSandbox sandbox =
        new FakeSandbox()
            .program(
                "greet",
                process -> {
                  process.out("héllo ✓\n");
                  process.err("careful\n");
                  return ended(Verdict.FAILED, 3);
                });
    try (Fixture fixture = new Fixture(directory, sandbox)) {
      Execution execution = fixture.finished(fixture.submit("greet"));

      assertThat(execution.status()).isEqualTo(ExecutionStatus.COMPLETED);
      assertThat(execution.version()).isEqualTo(3);
      assertThat(execution.history())
          .extracting(Step::type)
          .containsExactly(
              "execution_requested", "execution_running", "execution_completed", "result_stored");
      Outcome outcome = fixture.outcome(execution);
      assertThat(outcome.exitCode()).hasValue(3);
      assertThat(outcome.stdoutBytes())
          .isEqualTo("héllo ✓\n".getBytes(StandardCharsets.UTF_8).length);
      Output output = fixture.executions.output(execution);
      assertThat(output.stdout()).asString(StandardCharsets.UTF_8).isEqualTo("héllo ✓\n");
      assertThat(output.stderr()).asString(StandardCharsets.UTF_8).isEqualTo("careful\n");
    }
  }

  @Test
  void givesTheLimitsOfTheSettingsToTheSandbox() {
    List<RunOrder> orders = new ArrayList<>();
    FakeSandbox sandbox =
        new FakeSandbox()
            .program(
                "x",
                process -> {
                  orders.add(process.order());
                  return ended(Verdict.COMPLETED, 0);
                });
    try (Fixture fixture = new Fixture(directory, sandbox)) {
      fixture.finished(fixture.submit("x"));

      assertThat(orders.getFirst().limits())
          .isEqualTo(
              LimitPolicy.limits(
                  Fixture.pod(), Fixture.settings(Fixture.Options.defaults()), Fixture.run()));
    }
  }

  @Test
  void neverRunsMoreThanItsSlotsAndGivesEveryOneBack() {
    FakeSandbox sandbox =
        new FakeSandbox()
            .program("ok", process -> ended(Verdict.COMPLETED, 0))
            .program(
                "broken",
                process -> {
                  throw new IllegalStateException("the sandbox is broken");
                });
    try (Fixture fixture = new Fixture(directory, sandbox)) {
      List<Execution> all = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        all.add(fixture.submit(List.of("ok", "broken", "unknown", FakeSandbox.FAULT).get(i % 4)));
      }
      all.forEach(fixture::finished);

      assertThat(sandbox.most()).isLessThanOrEqualTo(2);
      Awaiting.until("every slot is free", () -> fixture.executions.health().slotsInUse() == 0);
      assertThat(fixture.executions.health().queueDepth()).isZero();
    }
  }

  @Test
  void saysWhatTheSandboxSaidWhenItCannotRun() {
    try (Fixture fixture = new Fixture(directory, new FakeSandbox())) {
      Execution execution = fixture.finished(fixture.submit("unknown"));

      assertThat(execution.status()).isEqualTo(ExecutionStatus.ERROR);
      assertThat(fixture.outcome(execution).verdict()).isEqualTo(Verdict.SANDBOX_ERROR);
      assertThat(fixture.outcome(execution).evidence()).isEqualTo("no such program: unknown");
    }
  }

  @Test
  void showsSlotsInUseWhileProgramsRun() {
    CountDownLatch gate = new CountDownLatch(1);
    FakeSandbox sandbox = new FakeSandbox().program("wait", process -> process.until(gate));
    try (Fixture fixture = new Fixture(directory, sandbox)) {
      Execution execution = fixture.submit("wait");
      fixture.awaitStatus(execution, ExecutionStatus.RUNNING);

      assertThat(fixture.executions.health())
          .isEqualTo(new Executions.Health(2, 1, 0, 0, 0, "L3", true));
      gate.countDown();
      fixture.finished(execution);
    }
  }
}

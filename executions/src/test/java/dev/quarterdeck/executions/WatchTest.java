package dev.quarterdeck.executions;

import static dev.quarterdeck.executions.FakeSandbox.ended;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.testing.Awaiting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchTest {
  private static final List<String> WHOLE =
      List.of(
          "execution_requested",
          "execution_running",
          "out:1",
          "execution_completed",
          "result_stored");

  @TempDir Path directory;
  private final CountDownLatch gate = new CountDownLatch(1);
  private final FakeSandbox sandbox =
      new FakeSandbox()
          .program(
              "two parts",
              process -> {
                process.out("first\n");
                RunResult result = process.until(gate);
                process.out("second\n");
                return result;
              })
          .program(
              "lines",
              process -> {
                for (int i = 0; i < 20_000; i++) {
                  process.out("line " + i + "\n");
                }
                return ended(Verdict.COMPLETED, 0);
              });

  @Test
  void deliversOutputWhileTheProgramRuns() {
    try (Fixture fixture = new Fixture(directory, sandbox)) {
      Execution execution = fixture.submit("two parts");
      try (Recorder live = Recorder.of(fixture, execution)) {
        Awaiting.until("the first part", () -> live.stdout().length == 6);
        assertThat(fixture.executions.get(execution.id()).status())
            .isEqualTo(ExecutionStatus.RUNNING);
        gate.countDown();

        assertThat(live.whole().subList(1, 6)).isEqualTo(WHOLE);
        assertThat(live.whole()).hasSize(6);
        assertThat(live.stdout()).asString(StandardCharsets.UTF_8).isEqualTo("first\nsecond\n");
      }
    }
  }

  @Test
  void deliversEverythingOfAnExecutionThatHasEnded() {
    gate.countDown();
    try (Fixture fixture = new Fixture(directory, sandbox)) {
      Execution execution = fixture.finished(fixture.submit("two parts"));
      try (Recorder late = Recorder.of(fixture, execution)) {
        assertThat(late.whole().getFirst()).isEqualTo("status:completed");
        assertThat(late.whole().subList(1, 6)).isEqualTo(WHOLE);
      }
    }
  }

  @Test
  void goesOnFromEveryPositionWithoutGapOrDouble() {
    gate.countDown();
    try (Fixture fixture = new Fixture(directory, sandbox)) {
      Execution execution = fixture.finished(fixture.submit("lines"));
      try (Recorder first = Recorder.of(fixture, execution)) {
        first.whole();
        List<Position> all = List.copyOf(first.positions());
        assertThat(all).doesNotHaveDuplicates();
        for (int index = 0; index < all.size(); index += Math.max(1, all.size() / 12)) {
          Position token = Position.parse(all.get(index).text()).orElseThrow();
          try (Recorder rest = new Recorder(fixture.executions, execution, token)) {
            rest.whole();
            assertThat(rest.positions()).isEqualTo(all.subList(index + 1, all.size()));
          }
        }
      }
    }
  }

  @Test
  void givesManyWatchersWhoComeAtAnyTimeTheSameBytes() throws InterruptedException {
    try (Fixture fixture = new Fixture(directory, sandbox)) {
      Execution execution = fixture.submit("lines");
      List<Recorder> watchers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        watchers.add(Recorder.of(fixture, execution));
      }
      ByteArrayOutputStream expected = new ByteArrayOutputStream();
      for (int i = 0; i < 20_000; i++) {
        expected.writeBytes(("line " + i + "\n").getBytes(StandardCharsets.UTF_8));
      }
      for (Recorder watcher : watchers) {
        watcher.whole();
        assertThat(watcher.stdout()).isEqualTo(expected.toByteArray());
        watcher.close();
      }
      assertThat(fixture.executions.output(fixture.finished(execution)).stdout())
          .isEqualTo(expected.toByteArray());
    }
  }

  @Test
  void isNotHeldUpByAWatcherWhoTakesNothing() {
    CountDownLatch stuck = new CountDownLatch(1);
    try (Fixture fixture = new Fixture(directory, sandbox)) {
      Execution execution = fixture.submit("lines");
      Observer slow = new StuckObserver(stuck);
      Thread watching =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      fixture.executions.watch(execution.id(), Position.START, slow);
                    } catch (IOException | InterruptedException over) {
                      stuck.countDown();
                    }
                  });
      assertThat(fixture.outcome(execution).verdict()).isEqualTo(Verdict.COMPLETED);
      assertThat(watching.isAlive()).isTrue();
      stuck.countDown();
      Awaiting.until("the watcher ends", () -> !watching.isAlive());
    }
  }

  @Test
  void leavesNothingBehindWhenAWatcherGoes() {
    try (Fixture fixture = new Fixture(directory, sandbox)) {
      Execution execution = fixture.submit("two parts");
      Recorder watcher = Recorder.of(fixture, execution);
      Awaiting.until("the first part", () -> watcher.stdout().length == 6);
      watcher.close();
      gate.countDown();

      assertThat(fixture.outcome(execution).verdict()).isEqualTo(Verdict.COMPLETED);
      assertThat(watcher.told()).doesNotContain("result_stored");
    }
  }

  @Test
  void rejectsTokensThatAreNone() {
    assertThat(Position.parse("1.2.3")).hasValue(new Position(1, 2, 3));
    for (String wrong : List.of("", "1", "1.2", "a.b.c", "1.2.3.4", "-1.0.0", "9".repeat(40))) {
      assertThat(Position.parse(wrong)).as(wrong).isEmpty();
    }
  }
}

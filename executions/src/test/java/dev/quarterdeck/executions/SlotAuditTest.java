package dev.quarterdeck.executions;

import static dev.quarterdeck.executions.FakeSandbox.ended;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.testing.Awaiting;
import dev.quarterdeck.testing.TestClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Slots in use are runs that live, at every moment; what breaks that is seen and put right.
class SlotAuditTest {
  @TempDir private Path directory = Path.of("");

  private static FakeSandbox sandbox() {
    return new FakeSandbox()
        .program("quick", process -> ended(Verdict.COMPLETED, 0))
        .program("fails", process -> ended(Verdict.FAILED, 3))
        .program(
            "breaks",
            process -> {
              throw new IllegalStateException("the driver broke");
            })
        .program("sleeps", FakeSandbox.Process::sleepForever);
  }

  @Test
  void slotsInUseAreLiveRunsWhateverBecomesOfThem() throws InterruptedException {
    int slots = 3;
    FakeSandbox sandbox = sandbox();
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger looks = new AtomicInteger();
    List<String> wrong = new ArrayList<>();
    try (Fixture fixture =
        new Fixture(
            directory, sandbox, TestClock.atNoon(), Fixture.Options.defaults().slots(slots))) {
      Executions executions = fixture.executions;
      Thread looker =
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (!over.get()) {
                      looks.incrementAndGet();
                      if (!executions.strays().isEmpty()
                          || executions.health().slotsInUse() > slots) {
                        wrong.add(executions.strays() + " " + executions.counters());
                      }
                    }
                  });
      List<String> kinds = List.of("quick", "fails", "breaks", "sleeps", FakeSandbox.FAULT, "none");
      List<Execution> all = new ArrayList<>();
      for (int i = 0; i < 90; i++) {
        String kind = kinds.get(i % kinds.size());
        Execution execution = fixture.submit(kind);
        all.add(execution);
        if (kind.equals("sleeps")) {
          executions.cancel(execution.id(), "enough", "anna");
        }
      }
      for (Execution each : all) {
        fixture.finished(each);
      }
      awaitQuiet(fixture);
      assertAllSlotsCanBeTaken(fixture, sandbox, slots);
      Awaiting.until("it was looked at often", () -> looks.get() > 100);
      over.set(true);
      looker.join();
      assertThat(wrong).isEmpty();
    }
  }

  private static void awaitQuiet(Fixture fixture) {
    Awaiting.until("no slot is in use", () -> fixture.executions.health().slotsInUse() == 0);
    assertThat(fixture.sandbox.places()).isEmpty();
    assertThat(fixture.executions.counters())
        .containsEntry("slots_in_use", 0L)
        .containsEntry("slots_divergent", 0L);
  }

  private static void assertAllSlotsCanBeTaken(Fixture fixture, FakeSandbox sandbox, int slots) {
    CountDownLatch end = new CountDownLatch(1);
    sandbox.program("waits", process -> process.until(end));
    List<Execution> all = new ArrayList<>();
    for (int i = 0; i < slots; i++) {
      all.add(fixture.submit("waits"));
    }
    Awaiting.until("all run at once", () -> sandbox.places().size() == slots);
    assertThat(fixture.executions.health().slotsInUse()).isEqualTo(slots);
    end.countDown();
    all.forEach(fixture::finished);
    awaitQuiet(fixture);
  }

  @Test
  void aSlotWhoseWorkerDiedGetsANewOne() {
    FakeSandbox sandbox = sandbox();
    try (Fixture fixture =
        new Fixture(directory, sandbox, TestClock.atNoon(), Fixture.Options.defaults().slots(1))) {
      fixture.finished(fixture.submit(FakeSandbox.INTERRUPT));
      Awaiting.until("its worker is dead", () -> fixture.executions.health().slotsDivergent() == 1);
      Execution waits = fixture.submit("quick");
      fixture.executions.lookAfter();
      assertThat(fixture.finished(waits).status()).isEqualTo(ExecutionStatus.COMPLETED);
      awaitQuiet(fixture);
      assertAllSlotsCanBeTaken(fixture, sandbox, 1);
    }
  }

  @Test
  void aPlaceThatTheSandboxKeepsIsSeenUntilItIsFree() {
    FakeSandbox sandbox = sandbox();
    try (Fixture fixture = new Fixture(directory, sandbox)) {
      CountDownLatch end = new CountDownLatch(1);
      sandbox.program("waits", process -> process.until(end));
      Execution kept = fixture.submit("waits");
      fixture.awaitStatus(kept, ExecutionStatus.RUNNING);
      sandbox.keepPlace(kept.id(), true);
      assertThat(fixture.executions.strays()).isEmpty();
      end.countDown();
      fixture.finished(kept);

      Awaiting.until("no slot is in use", () -> fixture.executions.health().slotsInUse() == 0);
      fixture.executions.lookAfter();
      assertThat(fixture.executions.strays()).containsExactly(kept.id());
      assertThat(fixture.executions.counters()).containsEntry("slots_divergent", 1L);

      sandbox.keepPlace(kept.id(), false);
      fixture.executions.lookAfter();
      awaitQuiet(fixture);
    }
  }
}

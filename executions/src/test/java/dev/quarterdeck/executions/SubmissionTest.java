package dev.quarterdeck.executions;

import static dev.quarterdeck.executions.FakeSandbox.ended;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarterdeck.testing.Awaiting;
import dev.quarterdeck.testing.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubmissionTest {
  @TempDir Path directory;
  private final CountDownLatch gate = new CountDownLatch(1);
  private final FakeSandbox sandbox =
      new FakeSandbox()
          .program("a", process -> ended(Verdict.COMPLETED, 0))
          .program("wait", process -> process.until(gate));

  private static Execution submit(Fixture fixture, Owner owner, String source, String key) {
    return fixture.executions.submit(
        owner, Fixture.python(source), Priority.NORMAL, Optional.of(key));
  }

  @Test
  void answersTheSameKeyWithTheSameExecution() {
    try (Fixture fixture = new Fixture(directory, sandbox)) {
      Execution first = submit(fixture, Fixture.ANNA, "a", "key-1");
      fixture.finished(first);

      assertThat(submit(fixture, Fixture.ANNA, "a", "key-1").id()).isEqualTo(first.id());
      assertThat(submit(fixture, Fixture.BERT, "a", "key-1").id()).isNotEqualTo(first.id());
      assertThatThrownBy(() -> submit(fixture, Fixture.ANNA, "wait", "key-1"))
          .hasMessageStartingWith("idempotency_key_reused: Idempotency-Key: was used for another")
          .hasMessageContaining(first.id());
    }
  }

  @Test
  void makesOneExecutionOfManyEqualRequestsAtOnce() throws InterruptedException {
    try (Fixture fixture = new Fixture(directory, sandbox)) {
      Set<String> ids = ConcurrentHashMap.newKeySet();
      List<Thread> threads =
          IntStream.range(0, 20)
              .mapToObj(
                  i ->
                      Thread.ofVirtual()
                          .start(() -> ids.add(submit(fixture, Fixture.ANNA, "a", "key").id())))
              .toList();
      for (Thread thread : threads) {
        thread.join();
      }

      assertThat(ids).hasSize(1);
      fixture.finished(fixture.executions.get(ids.iterator().next()));
      assertThat(sandbox.started()).isEqualTo(1);
      assertThat(fixture.executions.health().queueDepth()).isZero();
    }
  }

  @Test
  void forgetsAKeyAfterADay() {
    TestClock clock = TestClock.atNoon();
    try (Fixture fixture = new Fixture(directory, sandbox, clock, Fixture.Options.defaults())) {
      Execution first = fixture.finished(submit(fixture, Fixture.ANNA, "a", "key"));
      clock.advance(Duration.ofHours(24).minusSeconds(1));
      assertThat(submit(fixture, Fixture.ANNA, "a", "key").id()).isEqualTo(first.id());
      clock.advance(Duration.ofSeconds(1));

      Execution second = submit(fixture, Fixture.ANNA, "wait", "key");
      assertThat(second.id()).isNotEqualTo(first.id());
      assertThat(fixture.executions.get(first.id()).status()).isEqualTo(ExecutionStatus.COMPLETED);
      gate.countDown();
      fixture.finished(second);
    }
  }

  @Test
  void refusesWithRetryAfterWhenTheQueueIsFullAndStoresNothing() {
    try (Fixture fixture =
        new Fixture(
            directory,
            sandbox,
            TestClock.atNoon(),
            Fixture.Options.defaults().slots(1).bounds(2, 2))) {
      Execution running = fixture.submit("wait");
      fixture.awaitStatus(running, ExecutionStatus.RUNNING);
      fixture.submit("a");
      Execution last = fixture.submit("a");

      assertThatThrownBy(() -> fixture.submit("a")).hasMessageStartingWith("queue_full: ");
      assertThat(total(fixture)).isEqualTo(3);
      gate.countDown();
      fixture.finished(last);
      fixture.finished(fixture.submit("a"));
    }
  }

  @Test
  void refusesWhenTheDiskIsNearlyFull() {
    try (Fixture fixture = new Fixture(directory, sandbox)) {
      fixture.freeBytes.set(199_999_999);

      assertThatThrownBy(() -> fixture.submit("a"))
          .hasMessage(
              "disk_low: the disk of the server is nearly full: 199999999 bytes free (expected: at"
                  + " least 200000000, DISK_LOW_WATERMARK)");
      assertThat(total(fixture)).isZero();
      assertThat(fixture.executions.health().queueDepth()).isZero();
    }
  }

  @Test
  void refusesWithTheRemedyWhenNothingWouldContainTheProgram() {
    sandbox.report(
        new SandboxReport(
            "none",
            false,
            List.of(
                new SandboxReport.Finding("cgroups", true, "version 2", ""),
                new SandboxReport.Finding(
                    "user namespaces", false, "forbidden", "sysctl kernel.x=1"))));
    try (Fixture fixture = new Fixture(directory, sandbox)) {
      assertThatThrownBy(() -> fixture.submit("a"))
          .hasMessage(
              "sandbox_unavailable: no program can run on this host, because nothing would contain"
                  + " it: user namespaces: forbidden; sysctl kernel.x=1");
      assertThat(total(fixture)).isZero();
    }
  }

  @Test
  void deletesWhatIsOlderThanTheRetention() {
    TestClock clock = TestClock.atNoon();
    Execution old;
    Execution young;
    try (Fixture fixture = new Fixture(directory, sandbox, clock, Fixture.Options.defaults())) {
      old = fixture.finished(fixture.submit("a"));
      clock.advance(Duration.ofDays(29));
      young = fixture.finished(fixture.submit("a"));
      clock.advance(Duration.ofDays(2));
    }
    try (Fixture fixture = new Fixture(directory, sandbox, clock, Fixture.Options.defaults())) {
      Awaiting.until("the old one is gone", () -> total(fixture) == 1);
      assertThat(fixture.executions.get(young.id())).isEqualTo(young);
      assertThatThrownBy(() -> fixture.executions.get(old.id()))
          .hasMessageContaining("there is none with this id");
    }
  }

  private static long total(Fixture fixture) {
    Filter all =
        new Filter(
            Fixture.ANNA.userId(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return fixture.executions.list(all, 0, 1).total();
  }
}

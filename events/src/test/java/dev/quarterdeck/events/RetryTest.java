package dev.quarterdeck.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.store.NewEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetryTest {
  private final Recorder recorder = new Recorder("recorder");
  private Bench bench;

  @BeforeEach
  void open(@TempDir Path directory) {
    bench = new Bench(directory);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void triesAgainAfterTheBackOffWhileOtherKeysGoOn() throws Exception {
    recorder.failing.add("bad");
    bench.run(recorder);
    bench.emit("a", "bad", "after");
    bench.emit("b", "fine");
    bench.awaitIdle();
    assertThat(recorder.handled).containsExactly("b:fine");

    bench.clock.advance(Duration.ofSeconds(53));
    bench.awaitIdle();
    assertThat(recorder.calls).hasSize(2);

    recorder.failing.clear();
    bench.clock.advance(Duration.ofSeconds(14));
    bench.awaitIdle();

    assertThat(recorder.handled).containsExactly("b:fine", "a:bad", "a:after");
    assertThat(bench.pending()).isEmpty();
  }

  @Test
  void doublesTheWaitUpToTheCap() throws Exception {
    assertThat(waits(Bench.dlq(5, 10, 100, 100, 1000)))
        .satisfiesExactly(
            wait -> assertThat(wait).isBetween(9.0, 11.0),
            wait -> assertThat(wait).isBetween(18.0, 22.0),
            wait -> assertThat(wait).isBetween(36.0, 44.0),
            wait -> assertThat(wait).isBetween(72.0, 88.0),
            wait -> assertThat(wait).isBetween(90.0, 110.0));
    bench.restart();
    assertThat(waits(Bench.dlq(2, 60, 90, 100, 1000)))
        .satisfiesExactly(
            wait -> assertThat(wait).isBetween(54.0, 66.0),
            wait -> assertThat(wait).isBetween(81.0, 99.0));
  }

  /// The waits in seconds until an event that always fails is dead.
  private List<Double> waits(DlqSettings settings) throws Exception {
    bench.settings(settings);
    recorder.failing.add("bad");
    bench.run(recorder);
    long dead = bench.deadLetters.depth();
    bench.emit("a", "bad");
    bench.awaitIdle();
    List<Double> waits = new ArrayList<>();
    while (bench.deadLetters.depth() == dead) {
      FailedEvent next = bench.pending().getFirst();
      Duration wait = Duration.between(bench.clock.instant(), next.nextRetry());
      waits.add(wait.toMillis() / 1e3);
      assertThat(next.retries()).isEqualTo(waits.size());
      bench.clock.advance(wait);
      bench.awaitIdle();
    }
    return waits;
  }

  @Test
  void makesADeadLetterAfterTheLastRetryAndLetsTheKeyGoOn() throws Exception {
    assertThat(callsUntilDead(0)).isEqualTo(1);
    assertThat(callsUntilDead(3)).isEqualTo(4);

    FailedEvent letter = bench.dead().getFirst();
    assertThat(letter.error()).isEqualTo("IllegalStateException: cannot do bad");
    assertThat(letter.retries()).isEqualTo(3);
    assertThat(letter.event().type()).isEqualTo("job_said");
    assertThat(EventEnvelope.of(letter.event()).payload().path("text").asString()).isEqualTo("bad");
    assertThat(recorder.handled).containsExactly("a:after", "a:after");
  }

  private long callsUntilDead(int attempts) throws Exception {
    bench.restart();
    bench.settings(Bench.dlq(attempts, 1, 1, 100, 1000));
    recorder.failing.add("bad");
    recorder.calls.clear();
    bench.run(recorder);
    long dead = bench.deadLetters.depth();
    bench.emit("a", "bad", "after");
    bench.awaitIdle();
    while (bench.deadLetters.depth() == dead) {
      bench.clock.advance(Duration.ofSeconds(2));
      bench.awaitIdle();
    }
    return recorder.calls.stream().filter("a:bad"::equals).count();
  }

  @Test
  void keepsRetriesAndWhatWaitsBehindThemOverARestart() throws Exception {
    recorder.failing.add("bad");
    bench.run(recorder);
    bench.emit("a", "bad", "after");
    bench.awaitIdle();

    bench.restart();
    recorder.failing.clear();
    bench.run(recorder);
    bench.emit("a", "last");
    bench.awaitIdle();
    assertThat(recorder.handled).isEmpty();
    bench.clock.advance(Duration.ofSeconds(67));
    bench.awaitIdle();

    assertThat(recorder.handled).containsExactly("a:bad", "a:after", "a:last");
  }

  @Test
  void neverDeliversADeadLetterAgainWhenTheCursorWasLost() throws Exception {
    bench.settings(Bench.dlq(0, 1, 1, 100, 1000));
    recorder.failing.add("bad");
    bench.run(recorder);
    bench.emit("a", "bad", "fine");
    bench.awaitIdle();
    bench.store.journal("main").saveCursor("recorder", 0);

    bench.restart();
    recorder.failing.clear();
    bench.run(recorder);
    bench.awaitIdle();

    assertThat(recorder.calls).containsExactly("a:bad", "a:fine", "a:fine");
    assertThat(bench.dead()).hasSize(1);
  }

  @Test
  void buriesAnEventThatIsNoEnvelopeAtOnce() throws Exception {
    bench.run(recorder);
    byte[] garbage = "{\"event_id\": 1".getBytes(StandardCharsets.UTF_8);
    bench.append("a", List.of(new NewEvent("e1", "job", "a", "job_said", garbage)));
    bench.emit("a", "next");
    bench.awaitIdle();

    assertThat(recorder.handled).containsExactly("a:next");
    assertThat(bench.dead()).hasSize(1);
    assertThat(bench.dead().getFirst().error())
        .startsWith("event e1: not JSON: ")
        .endsWith("(expected: an envelope as JSON); look at its body and discard it");
    assertThat(bench.dead().getFirst().event().body()).isEqualTo(garbage);
  }

  @Test
  void keepsTheOrderUnderChaosAndFailures() throws Exception {
    bench.mode = DeliveryMode.chaotic(7);
    recorder.failing.add("3");
    bench.run(recorder);
    for (String text : List.of("1", "2", "3", "4", "5")) {
      for (String job : List.of("a", "b", "c")) {
        bench.emit(job, text);
      }
    }
    bench.awaitIdle();
    assertThat(recorder.handled).noneMatch(call -> call.endsWith(":4") || call.endsWith(":5"));
    recorder.failing.clear();
    bench.clock.advance(Duration.ofSeconds(67));
    bench.awaitIdle();

    for (String job : List.of("a", "b", "c")) {
      assertThat(recorder.of(job).stream().distinct())
          .containsExactly(job + ":1", job + ":2", job + ":3", job + ":4", job + ":5");
    }
    assertThat(bench.pending()).isEmpty();
    assertThat(bench.dead()).isEmpty();
  }
}

package dev.quarterdeck.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLettersTest {
  private final Recorder recorder = new Recorder("recorder");
  private Bench bench;

  @BeforeEach
  void open(@TempDir Path directory) {
    bench = new Bench(directory);
    bench.settings(Bench.dlq(0, 1, 1, 2, 4));
    recorder.failing.add("bad");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void listsTheLatestFirstInPages() throws Exception {
    bury(3);

    DeadLetters.Listing first = bench.deadLetters.list(2, Optional.empty());
    DeadLetters.Listing second = bench.deadLetters.list(2, first.next());

    assertThat(first.events()).extracting(e -> e.event().key()).containsExactly("job2", "job1");
    assertThat(second.events()).extracting(e -> e.event().key()).containsExactly("job0");
    assertThat(second.next()).isEmpty();
  }

  @Test
  void handlesARetriedLetterAtOnce() throws Exception {
    bury(1);
    recorder.failing.clear();
    String id = bench.dead().getFirst().id();

    assertThat(bench.deadLetters.retry(id)).isTrue();
    bench.awaitIdle();

    assertThat(recorder.handled).containsExactly("job0:bad");
    assertThat(bench.deadLetters.depth()).isZero();
    assertThat(bench.deadLetters.retry(id)).isFalse();
    assertThat(bench.deadLetters.find(id)).isEmpty();
  }

  @Test
  void buriesARetriedLetterAgainThatStillFails() throws Exception {
    bury(1);

    assertThat(bench.deadLetters.retry(bench.dead().getFirst().id())).isTrue();
    bench.awaitIdle();

    assertThat(bench.dead()).hasSize(1);
    assertThat(recorder.calls).hasSize(2);
  }

  @Test
  void retriesALetterOfAGroupThatDoesNotRunWhenItStarts() throws Exception {
    bury(1);
    bench.restart();
    bench.deadLetters.retry(bench.dead().getFirst().id());
    recorder.failing.clear();

    bench.run(recorder);
    bench.awaitIdle();

    assertThat(recorder.handled).containsExactly("job0:bad");
  }

  @Test
  void discardsForGood() throws Exception {
    bury(2);
    String id = bench.dead().getFirst().id();

    assertThat(bench.deadLetters.discard(id)).isTrue();

    assertThat(bench.deadLetters.discard(id)).isFalse();
    assertThat(bench.deadLetters.discard("recorder:99")).isFalse();
    assertThat(bench.deadLetters.depth()).isEqualTo(1);
  }

  @Test
  void tellsEachCrossingOfAThresholdOnce() throws Exception {
    List<String> crossings = new ArrayList<>();
    bench.deadLetters.listen(c -> crossings.add(c.from() + "->" + c.to() + " at " + c.depth()));
    for (int i = 0; i < 5; i++) {
      bury(1);
    }
    while (bench.deadLetters.depth() > 0) {
      bench.deadLetters.discard(bench.dead().getFirst().id());
    }

    assertThat(crossings)
        .containsExactly(
            "OK->WARNING at 2",
            "WARNING->CRITICAL at 4",
            "CRITICAL->WARNING at 3",
            "WARNING->OK at 1");
    bury(1);
    assertThat(bench.deadLetters.status()).isEqualTo(DeadLetters.Status.OK);
    bench.settings(Bench.dlq(0, 1, 1, 1, 9));
    assertThat(bench.deadLetters.status()).isEqualTo(DeadLetters.Status.WARNING);
  }

  @Test
  void deletesLettersAndEventsPastTheirRetention() throws Exception {
    bury(1);
    bench.clock.advance(Duration.ofDays(6));
    bury(1);
    assertThat(retention(30).sweep()).isZero();

    bench.clock.advance(Duration.ofDays(1).plusSeconds(1));
    assertThat(retention(30).sweep()).isEqualTo(1);
    assertThat(bench.dead()).hasSize(1);

    assertThat(retention(2).sweep()).isEqualTo(1);
    assertThat(bench.store.journal("main").read(0, 10)).hasSize(1);
  }

  @Test
  void keepsOldEventsThatAGroupHasNotPassed() throws Exception {
    bench.emit("a", "fine");
    bench.clock.advance(Duration.ofDays(100));

    assertThat(retention(30).sweep()).isZero();
    bench.run(recorder);
    bench.awaitIdle();
    assertThat(retention(30).sweep()).isEqualTo(1);
    assertThat(recorder.handled).containsExactly("a:fine");
  }

  @Test
  void sweepsEachHourOnceStarted() throws Exception {
    bench.run(recorder);
    bench.emit("a", "fine");
    bench.awaitIdle();
    retention(1).start();
    assertThat(bench.store.journal("main").read(0, 10)).hasSize(1);
    for (int hour = 0; hour < 26; hour++) {
      bench.clock.advance(Duration.ofHours(1));
    }

    assertThat(bench.store.journal("main").read(0, 10)).isEmpty();
  }

  @Test
  void sweepsAgainWithinSecondsWhenAGroupHeldItBack() throws Exception {
    bench.emit("a", "fine");
    bench.clock.advance(Duration.ofDays(100));
    retention(30).start();
    assertThat(bench.store.journal("main").read(0, 10)).hasSize(1);

    bench.run(recorder);
    bench.awaitIdle();
    bench.clock.advance(Duration.ofSeconds(5));

    assertThat(bench.store.journal("main").read(0, 10)).isEmpty();
  }

  private Retention retention(int days) {
    return new Retention(
        bench.store.journal("main"),
        List.of("recorder"),
        new EventSettings(false, Duration.ofDays(days)),
        bench.deadLetters,
        bench.clock,
        bench.clock::at);
  }

  private void bury(int letters) throws Exception {
    if (recorder.calls.isEmpty()) {
      bench.run(recorder);
    }
    for (int i = 0; i < letters; i++) {
      bench.emit("job" + i, "bad");
      bench.awaitIdle();
      bench.clock.advance(Duration.ofMillis(10));
    }
  }
}

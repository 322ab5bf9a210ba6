package dev.quarterdeck.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarterdeck.store.NewEvent;
import dev.quarterdeck.testing.Awaiting;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HandlerRunnerTest {
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
  void deliversEventsCommittedBeforeAndAfterTheStart() throws Exception {
    bench.emit("a", "1", "2");
    bench.run(recorder);
    bench.emit("a", "3");
    bench.emit("b", "4");
    bench.awaitIdle();

    assertThat(recorder.of("a")).containsExactly("a:1", "a:2", "a:3");
    assertThat(recorder.of("b")).containsExactly("b:4");
  }

  @Test
  void bringsEveryGroupThroughAllEventsOfItsTopics() throws Exception {
    Recorder second = new Recorder("second");
    bench.run(recorder, second);
    bench.emit("a", "1");
    bench.append("a", List.of(new NewEvent("x", "other", "a", "x", new byte[0])));
    bench.awaitIdle();

    assertThat(recorder.calls).containsExactly("a:1");
    assertThat(second.calls).containsExactly("a:1");
  }

  @Test
  void bringsNoEventThatTheHandlerDoesNotWantAndStillComesToTheEnd() throws Exception {
    recorder.unwanted.add("b");
    bench.run(recorder);
    bench.emit("a", "1");
    bench.emit("b", "2");
    bench.emit("a", "3");
    bench.emit("b", "4");
    bench.awaitIdle();

    assertThat(recorder.calls).containsExactly("a:1", "a:3");
  }

  @Test
  void goesOnAfterARestartWhereItHadComeTo() throws Exception {
    bench.run(recorder);
    bench.emit("a", "1");
    bench.awaitIdle();
    bench.restart();
    bench.emit("a", "2");
    bench.run(recorder);
    bench.awaitIdle();

    assertThat(recorder.calls).containsExactly("a:1", "a:2");
  }

  @Test
  void worksOnSeveralKeysAtOnceAndOnOneKeyInOrder() throws Exception {
    CountDownLatch bothRun = new CountDownLatch(2);
    EventHandler meeting =
        handler(
            event -> {
              if (event.payload().path("text").asString("").equals("meet")) {
                bothRun.countDown();
                bothRun.await();
              }
              recorder.handle(event);
            });
    bench.run(meeting);
    bench.emit("a", "meet", "a2");
    bench.emit("b", "meet", "b2");
    bench.awaitIdle();

    assertThat(recorder.of("a")).containsExactly("a:meet", "a:a2");
    assertThat(recorder.of("b")).containsExactly("b:meet", "b:b2");
  }

  @Test
  void holdsNoMoreEventsInMemoryThanTheBatchBound() throws Exception {
    assertThat(mostAtOnce(3)).isEqualTo(3);
    assertThat(mostAtOnce(7)).isEqualTo(7);
  }

  private int mostAtOnce(int maxPollRecords) throws Exception {
    for (int i = 0; i < 20; i++) {
      bench.emit("job" + i, "go");
    }
    bench.maxPollRecords = maxPollRecords;
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch full = new CountDownLatch(maxPollRecords);
    bench.run(
        handler(
            event -> {
              most.accumulateAndGet(running.incrementAndGet(), Math::max);
              full.countDown();
              full.await();
              running.decrementAndGet();
            }));
    bench.awaitIdle();
    bench.restart();
    return most.get();
  }

  @Test
  void losesNothingAndKeepsTheOrderOfEachKeyUnderChaos() throws Exception {
    bench.mode = DeliveryMode.chaotic(42);
    for (int i = 0; i < 50; i++) {
      for (int job = 0; job < 10; job++) {
        bench.emit("job" + job, String.valueOf(i));
      }
    }
    bench.run(recorder);
    bench.awaitIdle();

    assertThat(recorder.calls).hasSizeGreaterThan(500);
    for (int job = 0; job < 10; job++) {
      String name = "job" + job;
      List<String> firsts = recorder.of(name).stream().distinct().toList();
      assertThat(firsts)
          .containsExactlyElementsOf(IntStream.range(0, 50).mapToObj(i -> name + ":" + i).toList());
    }
  }

  @Test
  @Tag("slow")
  void deliversAgainWhatAHandlerHadNotFinishedAtTheStop() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    HandlerRunner runner =
        bench.run(
            handler(
                event -> {
                  started.countDown();
                  never.await();
                }));
    bench.emit("a", "1");
    started.await();
    Thread closer = Thread.startVirtualThread(runner::close);
    Awaiting.until("the close ends a stuck handler", () -> !closer.isAlive());
    bench.restart();
    Recorder next = new Recorder("test");
    assertThat(bench.store.journal("main").cursor("test")).isZero();
    bench.run(next);
    bench.awaitIdle();

    assertThat(next.handled).containsExactly("a:1");
    assertThat(bench.pending()).isEmpty();
  }

  @Test
  void refusesTwoHandlersOfOneGroup() {
    assertThatThrownBy(() -> bench.run(recorder, new Recorder("recorder")))
        .hasMessage("group: recorder is there twice (expected: one handler per group)");
  }

  private static EventHandler handler(Body body) {
    return new EventHandler() {
      @Override
      public String group() {
        return "test";
      }

      @Override
      public Set<String> topics() {
        return Set.of("job");
      }

      @Override
      public void handle(EventEnvelope event) throws Exception {
        body.handle(event);
      }
    };
  }

  private interface Body {
    void handle(EventEnvelope event) throws Exception;
  }
}

package dev.quarterdeck.executions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarterdeck.runtime.Problem;
import dev.quarterdeck.runtime.ProblemException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RunQueueTest {
  private final RunQueue queue = new RunQueue(5, 3);

  private static Execution execution(String id, String user, Priority priority) {
    return Execution.accept(
        id,
        new Execution.Request(
            new Owner(user, user), Fixture.python("x"), priority, Optional.empty()),
        Instant.EPOCH,
        () -> "event");
  }

  private void offer(String id, String user, Priority priority) {
    queue.offer(execution(id, user, priority));
  }

  private List<String> takeAll() throws InterruptedException {
    List<String> taken = new ArrayList<>();
    while (queue.depth() > 0) {
      taken.add(queue.take().orElseThrow());
    }
    return taken;
  }

  @Test
  void servesHigherPrioritiesFirstAndEachInOrder() throws InterruptedException {
    offer("b", "u", Priority.BACKGROUND);
    offer("n1", "u", Priority.NORMAL);
    offer("n2", "u", Priority.NORMAL);
    offer("c", "u", Priority.CRITICAL);
    offer("h", "u", Priority.HIGH);
    offer("l", "u", Priority.LOW);

    assertThat(takeAll()).containsExactly("c", "h", "n1", "n2", "l", "b");
  }

  @Test
  void letsUsersTakeTurns() throws InterruptedException {
    for (int i = 1; i <= 4; i++) {
      offer("greedy" + i, "greedy", Priority.NORMAL);
    }
    offer("a1", "anna", Priority.NORMAL);
    offer("b1", "bert", Priority.NORMAL);
    offer("a2", "anna", Priority.NORMAL);

    assertThat(takeAll())
        .containsExactly("greedy1", "a1", "b1", "greedy2", "a2", "greedy3", "greedy4");
  }

  @Test
  void standsInLineOnceHoweverOftenItIsOffered() throws InterruptedException {
    queue.reserve("x", "anna");
    offer("x", "anna", Priority.NORMAL);
    offer("x", "anna", Priority.NORMAL);

    assertThat(queue.depth()).isEqualTo(1);
    assertThat(takeAll()).containsExactly("x");
  }

  @Test
  void refusesMoreThanItsBoundWithTheReason() {
    for (int i = 0; i < 5; i++) {
      queue.reserve("x" + i, "user" + i);
    }

    assertThatThrownBy(() -> queue.reserve("one more", "anna"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused ->
                assertThat(refused.problem())
                    .isInstanceOfSatisfying(
                        Problem.Throttled.class,
                        problem -> {
                          assertThat(problem.code()).isEqualTo("queue_full");
                          assertThat(problem.retryAfter()).isPositive();
                          assertThat(problem.detail())
                              .isEqualTo(
                                  "the queue is full: 5 executions wait (EXECUTION_QUEUE_MAX: 5);"
                                      + " try again in a moment");
                        }));
  }

  @Test
  void refusesMoreThanOneUsersShare() {
    for (int i = 0; i < 3; i++) {
      queue.reserve("x" + i, "anna");
    }

    assertThatThrownBy(() -> queue.reserve("y", "anna"))
        .hasMessageContaining("user_queue_full")
        .hasMessageContaining("EXECUTION_QUEUE_MAX_PER_USER: 3");
    queue.reserve("z", "bert");
    queue.remove("x0");
    queue.reserve("y", "anna");
  }

  @Test
  void keepsItsBoundWhenManyComeAtOnce() throws InterruptedException {
    AtomicInteger accepted = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      String id = "x" + i;
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      queue.reserve(id, id);
                      accepted.incrementAndGet();
                    } catch (ProblemException full) {
                      assertThat(full.problem().code()).isEqualTo("queue_full");
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(accepted).hasValue(5);
  }

  @Test
  void forgetsWhatIsTakenOut() throws InterruptedException {
    offer("x", "anna", Priority.NORMAL);
    offer("y", "anna", Priority.NORMAL);
    queue.remove("x");
    queue.remove("x");

    assertThat(takeAll()).containsExactly("y");
  }

  @Test
  void letsThoseWhoWaitGoWhenItCloses() throws InterruptedException {
    CompletableFuture<Optional<String>> waiting = new CompletableFuture<>();
    Thread thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    waiting.complete(queue.take());
                  } catch (InterruptedException unexpected) {
                    waiting.completeExceptionally(unexpected);
                  }
                });
    queue.close();
    thread.join();

    assertThat(waiting.join()).isEmpty();
  }

  @Test
  void tellsEachItsPlaceInTheOrderInWhichTheyGo() throws InterruptedException {
    RunQueue queue = new RunQueue(1000, 100);
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String user = List.of("a", "b", "c").get(i * 7 % 11 % 3);
      Priority priority = List.of(Priority.NORMAL, Priority.LOW, Priority.HIGH).get(i * 5 % 7 % 3);
      Execution execution = execution("e" + i, user, priority);
      queue.offer(execution);
      ids.add(execution.id());
    }
    while (!ids.isEmpty()) {
      Map<Integer, String> places = new HashMap<>();
      for (String id : ids) {
        places.put(queue.position(id).orElseThrow(), id);
      }
      assertThat(places).hasSize(ids.size());
      String next = queue.take().orElseThrow();
      assertThat(places.get(1)).isEqualTo(next);
      ids.remove(next);
      for (String id : ids) {
        int before = 0;
        for (Map.Entry<Integer, String> place : places.entrySet()) {
          before = place.getValue().equals(id) ? place.getKey() : before;
        }
        assertThat(queue.position(id)).hasValue(before - 1);
      }
      assertThat(queue.position(next)).isEmpty();
    }
  }
}

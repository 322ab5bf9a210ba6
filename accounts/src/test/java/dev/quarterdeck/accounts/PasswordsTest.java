package dev.quarterdeck.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.runtime.ProblemException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class PasswordsTest {
  private final Passwords passwords = new Passwords(4, 2);

  @Test
  void tellsPasswordsApartToTheLastOfTheir72Bytes() {
    String longest = "x".repeat(71);
    String hash = passwords.hash(longest + "a");

    assertThat(passwords.matches(Optional.of(hash), longest + "a")).isTrue();
    assertThat(passwords.matches(Optional.of(hash), longest + "b")).isFalse();
    assertThat(passwords.matches(Optional.of(hash), longest)).isFalse();
    assertThat(passwords.matches(Optional.of(hash), longest + "ab")).isFalse();
  }

  @Test
  void neverMatchesWhereThereIsNoHash() {
    assertThat(passwords.matches(Optional.empty(), "nobody")).isFalse();
    assertThat(passwords.matches(Optional.empty(), "")).isFalse();
  }

  @Test
  void saltsEachHash() {
    assertThat(passwords.hash("long enough")).isNotEqualTo(passwords.hash("long enough"));
  }

  @Test
  void knowsHashesOfALowerCost() {
    String hash = passwords.hash("long enough");

    assertThat(passwords.outdated(hash)).isFalse();
    assertThat(new Passwords(5, 1).outdated(hash)).isTrue();
  }

  @Test
  void worksAsHardForNobodyAsForSomebody() {
    Passwords costly = new Passwords(8, 1);
    String hash = costly.hash("long enough");

    Duration somebody = time(() -> costly.matches(Optional.of(hash), "wrong-one"));
    Duration nobody = time(() -> costly.matches(Optional.empty(), "wrong-one"));
    Duration tooLong = time(() -> costly.matches(Optional.of(hash), "x".repeat(100)));

    assertThat(nobody).isGreaterThan(somebody.dividedBy(4));
    assertThat(tooLong).isGreaterThan(somebody.dividedBy(4));
  }

  @Test
  void runsOnlySoManyAtOnceAndRefusesPastABound() throws InterruptedException {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Queue<String> refused = new ConcurrentLinkedQueue<>();
    CountDownLatch open = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      passwords.limited(
                          () -> {
                            most.accumulateAndGet(running.incrementAndGet(), Math::max);
                            await(open);
                            return running.decrementAndGet();
                          });
                    } catch (ProblemException busy) {
                      refused.add(busy.getMessage());
                      open.countDown();
                    }
                  }));
    }
    for (Thread thread : threads) {
      assertThat(thread.join(Duration.ofSeconds(60))).isTrue();
    }

    assertThat(most.get()).isEqualTo(2);
    assertThat(refused)
        .isNotEmpty()
        .containsOnly("logins_busy: Too many logins at once; try again shortly");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// Processor time of this thread, which a busy machine does not stretch; the least of five.
  private static Duration time(Runnable work) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    Duration best = Duration.ofDays(1);
    for (int i = 0; i < 5; i++) {
      long start = threads.getCurrentThreadCpuTime();
      work.run();
      Duration taken = Duration.ofNanos(threads.getCurrentThreadCpuTime() - start);
      best = taken.compareTo(best) < 0 ? taken : best;
    }
    return best;
  }
}

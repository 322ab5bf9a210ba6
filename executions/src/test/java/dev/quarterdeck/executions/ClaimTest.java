package dev.quarterdeck.executions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarterdeck.store.StoreException;
import dev.quarterdeck.testing.Awaiting;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ClaimTest {
  private final AtomicInteger refusals = new AtomicInteger();

  @Test
  void letsTheRunGoOnWhenItIsDurable() {
    Claim claim = Claim.open(() -> true, refusals::incrementAndGet);

    assertThat(claim.await()).isTrue();
    assertThat(Claim.made().await()).isTrue();
    assertThat(refusals).hasValue(0);
  }

  @Test
  void stopsTheRunWhenAnotherWriteCameFirst() {
    Claim claim = Claim.open(() -> false, refusals::incrementAndGet);
    claim.begin();

    assertThat(claim.await()).isFalse();
    Awaiting.until("the run is stopped", () -> refusals.get() == 1);
  }

  @Test
  void stopsTheRunAndSaysWhyWhenItCannotBeStored() {
    Claim claim =
        Claim.open(
            () -> {
              throw new StoreException("the disk is full");
            },
            refusals::incrementAndGet);

    assertThatThrownBy(claim::await)
        .isInstanceOf(StoreException.class)
        .hasMessage("the disk is full");
    Awaiting.until("the run is stopped", () -> refusals.get() == 1);
  }

  @Test
  void letsNobodyPastBeforeItIsDurable() throws InterruptedException {
    CountDownLatch disk = new CountDownLatch(1);
    AtomicBoolean past = new AtomicBoolean();
    Claim claim =
        Claim.open(
            () -> {
              try {
                disk.await();
              } catch (InterruptedException never) {
                Thread.currentThread().interrupt();
              }
              assertThat(past).isFalse();
              return true;
            },
            refusals::incrementAndGet);
    claim.begin();
    Thread waiting = Thread.ofVirtual().start(() -> past.set(claim.await()));
    disk.countDown();
    waiting.join();

    assertThat(past).isTrue();
  }

  @Test
  void isStoredByWhoeverNeedsItFirstAndOnce() {
    AtomicInteger commits = new AtomicInteger();
    Claim claim = Claim.open(() -> commits.incrementAndGet() == 1, refusals::incrementAndGet);

    assertThat(claim.await()).isTrue();
    claim.begin();
    assertThat(claim.await()).isTrue();
    assertThat(claim.takeBack()).isFalse();
    assertThat(commits).hasValue(1);
  }

  @Test
  void isNotStoredAfterItWasTakenBack() {
    Claim claim =
        Claim.open(
            () -> {
              throw new IllegalStateException("stored");
            },
            refusals::incrementAndGet);

    assertThat(claim.takeBack()).isTrue();
    claim.begin();
    assertThatThrownBy(claim::await)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a claim that was taken back is asked for");
    assertThat(claim.takeBack()).isFalse();
    assertThat(refusals).hasValue(0);
  }
}

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
    Claim claim = Claim.begin("e", () -> true, refusals::incrementAndGet);

    assertThat(claim.await()).isTrue();
    assertThat(Claim.made().await()).isTrue();
    assertThat(refusals).hasValue(0);
  }

  @Test
  void stopsTheRunWhenAnotherWriteCameFirst() {
    Claim claim = Claim.begin("e", () -> false, refusals::incrementAndGet);

    assertThat(claim.await()).isFalse();
    Awaiting.until("the run is stopped", () -> refusals.get() == 1);
  }

  @Test
  void stopsTheRunAndSaysWhyWhenItCannotBeStored() {
    Claim claim =
        Claim.begin(
            "e",
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
        Claim.begin(
            "e",
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
    Thread waiting = Thread.ofVirtual().start(() -> past.set(claim.await()));
    disk.countDown();
    waiting.join();

    assertThat(past).isTrue();
  }
}

package dev.quarterdeck.executions;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks after executions that nobody else looks after: every minute those whose run was lost and
/// the slots, every hour those that are too old.
final class Housekeeping {
  private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);
  private static final Duration PERIOD = Duration.ofMinutes(1);
  private static final int PERIODS_PER_SWEEP = 60;

  private final Recovery recovery;
  private final Retention retention;
  private final SlotAudit slots;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private @Nullable Thread thread;

  Housekeeping(Recovery recovery, Retention retention, SlotAudit slots) {
    this.recovery = recovery;
    this.retention = retention;
    this.slots = slots;
  }

  /// Finds what an earlier process left.
  void recover() {
    int lost = recovery.recover();
    if (lost > 0) {
      log.warn("{} runs were lost with the process that ran them", lost);
    }
  }

  void start() {
    thread = Thread.ofVirtual().name("executions-housekeeping").start(this::work);
  }

  void stop() throws InterruptedException {
    stopped.countDown();
    Thread running = thread;
    if (running != null) {
      running.join();
    }
  }

  private void work() {
    try {
      int period = 0;
      do {
        step(period++ % PERIODS_PER_SWEEP == 0);
      } while (!stopped.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  /// Does what it does every minute.
  void step() {
    step(false);
  }

  private void step(boolean sweep) {
    try {
      slots.look();
      recover();
      if (sweep) {
        int deleted = retention.sweep();
        if (deleted > 0) {
          log.info(
              "{} executions were older than EXECUTION_RETENTION_DAYS and are deleted", deleted);
        }
      }
    } catch (RuntimeException broken) {
      log.error("executions could not be looked after, trying again in {}", PERIOD, broken);
    }
  }
}

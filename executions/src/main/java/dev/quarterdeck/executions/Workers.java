package dev.quarterdeck.executions;

import dev.quarterdeck.executions.ExecutionState.Running;
import dev.quarterdeck.runtime.Ids;
import dev.quarterdeck.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Run what waits, one execution per slot. Each worker is a virtual thread that takes the next
/// execution, claims it, runs it and finishes it; a slot is a worker, so it can not be lost.
final class Workers {
  private static final Logger log = LoggerFactory.getLogger(Workers.class);
  private static final Duration LEASE_MARGIN = Duration.ofMinutes(1);
  private static final Duration STORE_RETRY = Duration.ofMillis(500);
  private static final int STORE_RETRIES = 20;

  private final String name;
  private final int slots;
  private final RunQueue queue;
  private final ExecutionStore store;
  private final ProgramRunner runner;
  private final InstantSource clock;
  private final Ids ids;
  private final LiveRuns live = new LiveRuns();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopping;

  Workers(
      String name,
      int slots,
      RunQueue queue,
      ExecutionStore store,
      ProgramRunner runner,
      InstantSource clock,
      Ids ids) {
    this.name = name;
    this.slots = slots;
    this.queue = queue;
    this.store = store;
    this.runner = runner;
    this.clock = clock;
    this.ids = ids;
  }

  LiveRuns live() {
    return live;
  }

  int slots() {
    return slots;
  }

  void start() {
    for (int slot = 1; slot <= slots; slot++) {
      threads.add(Thread.ofVirtual().name("worker-" + slot).start(this::work));
    }
  }

  /// Takes no more from the queue, lets what runs end by itself for a while, then kills it; what
  /// was killed waits again in the store.
  ///
  /// @return whether every worker has ended within the time
  boolean stop(Duration drain, Duration afterKill) throws InterruptedException {
    queue.close();
    if (!live.awaitNone(drain)) {
      stopping = true;
      log.info(
          "{} runs did not end within {}; stopped, they run again at the next start",
          live.count(),
          drain);
      live.killAll();
    }
    boolean ended = true;
    Instant deadline = Instant.now().plus(afterKill);
    for (Thread thread : threads) {
      Duration left = Duration.between(Instant.now(), deadline);
      ended &= thread.join(left.isNegative() ? Duration.ZERO : left);
    }
    return ended;
  }

  private void work() {
    try {
      for (Optional<String> next = queue.take(); next.isPresent(); next = queue.take()) {
        String id = next.get();
        try (LiveRuns.Live slot = live.begin(id)) {
          if (slot != null) {
            run(id, slot);
          }
        } catch (RuntimeException | Error fault) {
          log.error(
              "execution {}: its worker failed; it is looked after by the next sweep", id, fault);
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(String id, LiveRuns.Live slot) throws InterruptedException {
    Instant now = clock.instant();
    Optional<Execution> claimed =
        store.update(
            id,
            execution ->
                execution.claim(
                    name,
                    now,
                    now.plus(runner.longest(execution.program())).plus(LEASE_MARGIN),
                    ids::next));
    if (claimed.isPresent() && claimed.get().state() instanceof Running running) {
      int attempt = running.attempt();
      Outcome outcome = runner.run(claimed.get(), attempt, slot);
      finish(id, attempt, outcome);
    }
  }

  private void finish(String id, int attempt, Outcome outcome) throws InterruptedException {
    for (int failures = 0; ; failures++) {
      try {
        store.update(id, execution -> finished(execution, attempt, outcome));
        return;
      } catch (StoreException broken) {
        if (failures == STORE_RETRIES || stopping) {
          throw broken;
        }
        log.warn("execution {}: its end could not be stored, trying again", id, broken);
        Thread.sleep(STORE_RETRY);
      }
    }
  }

  private Optional<Execution> finished(Execution execution, int attempt, Outcome outcome) {
    boolean demanded =
        execution.state() instanceof Running running && running.cancellation().isPresent();
    if (outcome.verdict() == Verdict.CANCELLED && !demanded) {
      return stopping
          ? execution.interrupted(attempt, clock.instant(), ids::next)
          : execution.finish(
              attempt,
              outcome.as(Verdict.SANDBOX_ERROR, "the sandbox stopped the program unasked"),
              clock.instant(),
              ids::next);
    }
    return execution.finish(attempt, outcome, clock.instant(), ids::next);
  }
}

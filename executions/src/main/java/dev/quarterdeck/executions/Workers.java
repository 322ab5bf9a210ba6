package dev.quarterdeck.executions;

import dev.quarterdeck.executions.ExecutionState.Running;
import dev.quarterdeck.runtime.Ids;
import dev.quarterdeck.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
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
  private final Soon soon;
  private final InstantSource clock;
  private final Ids ids;
  private final LiveRuns live = new LiveRuns();

  /// Those that have a slot, and all that have not ended.
  private final Set<Thread> manning = new HashSet<>();

  private final Set<Thread> threads = new LinkedHashSet<>();
  private final AtomicLong lost = new AtomicLong();
  private volatile boolean closed;
  private volatile boolean stopping;

  Workers(
      String name,
      int slots,
      RunQueue queue,
      ExecutionStore store,
      ProgramRunner runner,
      Soon soon,
      InstantSource clock,
      Ids ids) {
    this.name = name;
    this.slots = slots;
    this.queue = queue;
    this.store = store;
    this.runner = runner;
    this.soon = soon;
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
    synchronized (threads) {
      while (manning.size() < slots) {
        add("worker-" + (manning.size() + 1));
      }
    }
  }

  private void add(String worker) {
    Thread thread = Thread.ofVirtual().name(worker).start(this::work);
    manning.add(thread);
    threads.add(thread);
  }

  /// Takes no more from the queue, lets what runs end by itself for a while, then kills it; what
  /// was killed waits again in the store.
  ///
  /// @return whether every worker has ended within the time
  boolean stop(Duration drain, Duration afterKill) throws InterruptedException {
    closed = true;
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
    List<Thread> all;
    synchronized (threads) {
      all = List.copyOf(threads);
    }
    for (Thread thread : all) {
      Duration left = Duration.between(Instant.now(), deadline);
      ended &= thread.join(left.isNegative() ? Duration.ZERO : left);
    }
    return ended;
  }

  /// Ends what runs past its lease; a worker that does not come back even then loses its slot to a
  /// new one, so that no slot leaks. Its execution is looked after as a lost one.
  ///
  /// @return how many slots were taken away
  int expire(Instant now) {
    int taken = 0;
    for (LiveRuns.Live slot : live.overdue(now)) {
      slot.kill();
      if (slot.leaseUntil().plus(LEASE_MARGIN).isBefore(now) && slot.abandon()) {
        log.error("execution {}: its run does not end; its slot is given to another", slot.id());
        taken++;
        synchronized (threads) {
          manning.remove(slot.worker());
        }
      }
    }
    lost.addAndGet(taken);
    return taken;
  }

  /// Gives the slots of workers that have died to new ones; what these ran is stopped, and looked
  /// after as a lost run.
  ///
  /// @return how many slots had nobody
  int restore() {
    for (LiveRuns.Live slot : live.orphans()) {
      slot.kill();
      if (slot.abandon()) {
        log.error("execution {}: its worker has died; its slot is free again", slot.id());
      }
    }
    synchronized (threads) {
      threads.removeIf(thread -> !thread.isAlive());
      manning.retainAll(threads);
      int missing = closed ? 0 : slots - manning.size();
      if (missing > 0) {
        log.warn("{} of {} slots had no worker; they get new ones", missing, slots);
        for (int i = 0; i < missing; i++) {
          add("worker-instead");
        }
      }
      return missing;
    }
  }

  /// How many slots have no worker that lives.
  int unmanned() {
    synchronized (threads) {
      return closed ? 0 : slots - (int) manning.stream().filter(Thread::isAlive).count();
    }
  }

  /// When the turn of a place in line comes if runs take as long as the last ones did.
  Optional<Instant> estimatedStart(int place, Instant now) {
    boolean free = live.count() < slots;
    return live.usualTime()
        .map(usual -> free ? now : now.plus(usual.multipliedBy(place).dividedBy(slots)));
  }

  /// How many slots were taken from workers that did not come back.
  long lost() {
    return lost.get();
  }

  private void work() {
    try {
      for (Optional<String> next = queue.take(); next.isPresent(); next = queue.take()) {
        String id = next.get();
        LiveRuns.Live mine = null;
        try (LiveRuns.Live slot = live.begin(id)) {
          mine = slot;
          if (slot != null) {
            run(id, slot);
          }
        } catch (RuntimeException | Error fault) {
          log.error(
              "execution {}: its worker failed; it is looked after by the next sweep", id, fault);
        }
        if (mine != null && mine.abandoned()) {
          log.warn("execution {}: its worker came back after its slot was taken away", id);
          return;
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(String id, LiveRuns.Live slot) throws InterruptedException {
    // One that was lost before may be what takes servers down: its claim is durable first.
    Optional<Execution> known =
        store.known(id).filter(execution -> execution.losses() == 0).flatMap(this::claimed);
    if (known.isPresent()) {
      Execution next = known.get();
      Claim claim = Claim.open(() -> store.tryCommit(next), slot::kill);
      if (runner.claimsAtOnce(next)) {
        claim.begin();
      } else {
        soon.add(claim::begin);
      }
      run(next, slot, claim);
      return;
    }
    Optional<Execution> claimed = store.update(id, this::claimed);
    if (claimed.isPresent()) {
      run(claimed.get(), slot, Claim.made());
    }
  }

  private Optional<Execution> claimed(Execution execution) {
    Instant now = clock.instant();
    Instant leaseUntil = now.plus(runner.longest(execution.program())).plus(LEASE_MARGIN);
    return execution.claim(name, now, leaseUntil, ids::next);
  }

  private void run(Execution execution, LiveRuns.Live slot, Claim claim)
      throws InterruptedException {
    if (execution.state() instanceof Running running) {
      slot.lease(running.leaseUntil());
      Outcome outcome = runner.run(execution, running.attempt(), slot, claim);
      int attempt = running.attempt();
      if (claim.takeBack()) {
        finish(execution.id(), () -> finishAtOnce(execution, attempt, outcome));
      } else if (claim.await()) {
        finish(
            execution.id(),
            () -> store.update(execution.id(), newest -> finished(newest, attempt, outcome)));
      }
    }
  }

  /// Stores claim and end as one. When another write came first, which was a cancel, the run is
  /// thrown away.
  private void finishAtOnce(Execution claimed, int attempt, Outcome outcome) {
    finished(claimed, attempt, outcome)
        .ifPresent(end -> store.tryCommit(end, claimed.version() - 1));
  }

  private void finish(String id, Runnable end) throws InterruptedException {
    for (int failures = 0; ; failures++) {
      try {
        end.run();
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

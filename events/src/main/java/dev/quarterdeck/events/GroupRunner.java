package dev.quarterdeck.events;

import dev.quarterdeck.store.EventJournal.Entry;
import dev.quarterdeck.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings the events of the journal to one group. A dispatcher thread sorts them into lanes, one
/// per key; each lane with work has a virtual thread. The cursor never passes an event that is
/// neither handled nor durably put aside.
final class GroupRunner {
  private static final Logger LOG = LoggerFactory.getLogger(GroupRunner.class);
  private static final Duration STORE_RETRY = Duration.ofSeconds(1);

  private final EventHandler handler;
  private final Delivery delivery;
  private final Attempts attempts;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Lane.Key, Lane> lanes = new HashMap<>();

  /// Deliveries under way, by position: how many.
  private final TreeMap<Long, Integer> inFlight = new TreeMap<>();

  /// Positions after the cursor that were put aside before a restart.
  private final Set<Long> settled = new HashSet<>();

  private long readPosition;
  private boolean signalled = true;
  private boolean dispatching;
  private boolean closing;
  private int working;

  GroupRunner(EventHandler handler, Delivery delivery) {
    this.handler = handler;
    this.delivery = delivery;
    this.attempts = new Attempts(handler, delivery);
  }

  void start() {
    lock.lock();
    try {
      readPosition = delivery.journal().cursor(handler.group());
      for (FailedEvent event : delivery.deadLetters().failedEvents().alive(handler.group())) {
        settled.add(event.position());
        lane(event.event().topic(), event.event().key()).parked.put(event.position(), event);
      }
      settled.addAll(
          delivery.deadLetters().failedEvents().deadAfter(handler.group(), readPosition));
      settled.removeIf(position -> position <= readPosition);
      delivery.deadLetters().connect(handler.group(), this::revive);
      List.copyOf(lanes.values()).forEach(this::work);
      dispatching = true;
      Thread.ofVirtual().name("events-" + handler.group()).start(this::dispatch);
    } finally {
      lock.unlock();
    }
  }

  /// There may be new entries.
  void wake() {
    lock.lock();
    try {
      signalled = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Whether every event up to the journal's end is handled or put aside and no handler runs.
  boolean idle() {
    long last = delivery.journal().last();
    lock.lock();
    try {
      return readPosition >= last && inFlight.isEmpty() && working == 0;
    } finally {
      lock.unlock();
    }
  }

  /// Begins nothing more.
  void stop() {
    delivery.deadLetters().disconnect(handler.group());
    lock.lock();
    try {
      closing = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Interrupts the handlers that still run.
  void interrupt() {
    lock.lock();
    try {
      lanes.values().stream()
          .map(lane -> lane.worker)
          .filter(Objects::nonNull)
          .forEach(Thread::interrupt);
    } finally {
      lock.unlock();
    }
  }

  /// Waits until nothing runs after [#stop], at most until a time of [System#nanoTime], and answers
  /// how many handlers still run.
  int awaitEnd(long deadline) {
    lock.lock();
    try {
      boolean interrupted = false;
      long left = deadline - System.nanoTime();
      while ((working > 0 || dispatching) && left > 0) {
        try {
          left = changed.awaitNanos(left);
        } catch (InterruptedException hurry) {
          interrupted = true;
          left = 0;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      return working;
    } finally {
      lock.unlock();
    }
  }

  private void dispatch() {
    try {
      for (int room = room(); room > 0; room = room()) {
        try {
          List<Entry> entries = delivery.journal().read(readPosition, room);
          accept(entries, room);
        } catch (StoreException failure) {
          LOG.error("group {}: cannot read the journal: {}", handler.group(), failure.getMessage());
          delivery.scheduler().at(delivery.clock().instant().plus(STORE_RETRY), this::wake);
        }
      }
    } catch (InterruptedException stopped) {
      LOG.debug("group {}: dispatcher interrupted", handler.group());
    } finally {
      lock.lock();
      try {
        dispatching = false;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /// Waits for a signal and for room, half of the bound at least, so that reads are not of one
  /// entry each; 0 when closing.
  private int room() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closing && (!signalled || inFlight.size() > delivery.maxInFlight() / 2)) {
        changed.await();
      }
      for (long left = handler.gathering().toNanos(); left > 0 && !closing; ) {
        left = changed.awaitNanos(left);
      }
      signalled = false;
      return closing ? 0 : delivery.maxInFlight() - inFlight.size();
    } finally {
      lock.unlock();
    }
  }

  private void accept(List<Entry> entries, int asked) {
    if (entries.isEmpty()) {
      return;
    }
    lock.lock();
    try {
      List<Entry> wanted =
          entries.stream()
              .filter(entry -> handler.topics().contains(entry.event().topic()))
              .filter(entry -> !settled.remove(entry.position()))
              .filter(entry -> handler.wants(entry.event()))
              .toList();
      readPosition = entries.getLast().position();
      signalled |= entries.size() == asked;
      for (Entry entry : delivery.mode().arrange(wanted)) {
        inFlight.merge(entry.position(), 1, Integer::sum);
        Lane lane = lane(entry.event().topic(), entry.event().key());
        lane.fresh.add(entry);
        work(lane);
      }
      saveCursor();
    } finally {
      lock.unlock();
    }
  }

  private Lane lane(String topic, String key) {
    return lanes.computeIfAbsent(new Lane.Key(topic, key), Lane::new);
  }

  private void saveCursor() {
    long position = inFlight.isEmpty() ? readPosition : inFlight.firstKey() - 1;
    delivery.journal().saveCursor(handler.group(), position);
  }

  /// Puts a thread to work on the lane when it has none.
  private void work(Lane lane) {
    if (lane.worker == null && !closing) {
      working++;
      String name = "events-" + handler.group() + "-" + lane.key.key();
      Thread worker = Thread.ofVirtual().name(name).unstarted(() -> run(lane));
      lane.worker = worker;
      worker.start();
    }
  }

  private void revive(FailedEvent event) {
    lock.lock();
    try {
      Lane lane = lane(event.event().topic(), event.event().key());
      lane.parked.put(event.position(), event);
      work(lane);
    } finally {
      lock.unlock();
    }
  }

  private void run(Lane lane) {
    try {
      for (Lane.Step step = next(lane); step != null; step = next(lane)) {
        Attempts.Result result = attempts.perform(step, this::isClosing);
        finish(lane, step, result);
      }
    } catch (StoreException failure) {
      LOG.error("group {}: {} cannot go on: {}", handler.group(), lane.key, failure.getMessage());
      rest(lane, delivery.clock().instant().plus(STORE_RETRY));
    }
  }

  private boolean isClosing() {
    lock.lock();
    try {
      return closing;
    } finally {
      lock.unlock();
    }
  }

  /// The next step, or null after the lane has been put to rest.
  private Lane.@Nullable Step next(Lane lane) {
    lock.lock();
    try {
      Lane.Step step = closing ? null : lane.next(delivery.clock().instant());
      if (step == null) {
        rest(lane, lane.parked.isEmpty() ? null : lane.parked.firstEntry().getValue().nextRetry());
      }
      return step;
    } finally {
      lock.unlock();
    }
  }

  private void rest(Lane lane, @Nullable Instant until) {
    lock.lock();
    try {
      lane.worker = null;
      working--;
      changed.signalAll();
      if (until == null && lane.fresh.isEmpty()) {
        lanes.remove(lane.key);
      } else if (until != null && !closing && !until.equals(lane.wakeAt)) {
        lane.wakeAt = until;
        delivery.scheduler().at(until, () -> wakeUp(lane, until));
      }
    } finally {
      lock.unlock();
    }
  }

  private void wakeUp(Lane lane, Instant due) {
    lock.lock();
    try {
      if (due.equals(lane.wakeAt)) {
        lane.wakeAt = null;
      }
      if (lanes.get(lane.key) == lane) {
        work(lane);
      }
    } finally {
      lock.unlock();
    }
  }

  private void finish(Lane lane, Lane.Step step, Attempts.Result result) {
    lock.lock();
    try {
      switch (result) {
        case Attempts.Result.Done done -> lane.parked.remove(done.position());
        case Attempts.Result.Parked parked ->
            lane.parked.put(parked.event().position(), parked.event());
        case Attempts.Result.Settled settledBefore -> {}
        case Attempts.Result.Abandoned abandoned -> {
          return;
        }
      }
      switch (step) {
        case Lane.Step.Try(Entry entry) -> leave(lane, entry);
        case Lane.Step.PutBehind(Entry entry) -> leave(lane, entry);
        case Lane.Step.TryAgain again -> {}
      }
    } finally {
      lock.unlock();
    }
  }

  /// The entry is handled or put aside.
  private void leave(Lane lane, Entry entry) {
    lane.fresh.remove();
    inFlight.computeIfPresent(entry.position(), (position, n) -> n == 1 ? null : n - 1);
    saveCursor();
    changed.signalAll();
  }
}

package dev.quarterdeck.executions.sandbox;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives a run a sandbox in which the runtime of its language has started and waits, and leaves it
/// to another launcher when there is none. Each is used once. One thread starts the next ones, one
/// at a time, while processors are free; which ones, it learns from what is asked for. Safe for all
/// threads.
final class RuntimeLauncher implements Launcher {
  private static final Logger LOG = LoggerFactory.getLogger(RuntimeLauncher.class);

  /// Shapes that are remembered at once.
  private static final int SHAPES = 32;

  private static final long BUSY_PAUSE = TimeUnit.MILLISECONDS.toNanos(5);
  private static final long IDLE_PAUSE = TimeUnit.SECONDS.toNanos(10);
  private static final long RUNTIME_BYTES = 24L << 20;
  private static final long AGENT_BYTES = 96L << 20;

  /// What it needs of its owner.
  interface Host {
    /// The launcher for what cannot be had here.
    Launcher other();

    /// How many programs run.
    long running();
  }

  private final Host host;
  private final StandbyMaker maker;
  private final int most;
  private final long mostBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Shape, Shelf> shelves = new HashMap<>();
  private final Deque<Standby> rejected = new ArrayDeque<>();
  private final Map<String, Long> served = new TreeMap<>();
  private final Thread keeper;
  private boolean making;
  private boolean closed;

  /// @param most how many may wait at once
  /// @param mostBytes memory that these may take together
  RuntimeLauncher(Host host, StandbyMaker maker, Languages languages, int most, long mostBytes) {
    this.host = host;
    this.maker = maker;
    this.most = most;
    this.mostBytes = mostBytes;
    languages.all().stream()
        .map(language -> languages.named(language.name()).orElseThrow().definition())
        .filter(definition -> definition.warmUp().startsRuntime())
        .forEach(definition -> served.put(definition.name(), 0L));
    this.keeper = Thread.ofPlatform().name("sandbox-runtimes").daemon().start(this::keep);
  }

  @Override
  public Enclosure launch(Task task, int slot) throws IOException {
    Optional<Shape> shape = Shape.of(task);
    @Nullable Standby taken = shape.isPresent() ? take(shape.get()) : null;
    while (taken != null) {
      try {
        if (taken.waits()) {
          taken.hand(task.program());
          count(task.language());
          return taken;
        }
      } catch (IOException failed) {
        LOG.warn("a waiting runtime could not be used by run {}", task.id(), failed);
      }
      reject(taken);
      taken = take(shape.get());
    }
    return host.other().launch(task, slot);
  }

  private void count(String language) {
    lock.lock();
    try {
      served.merge(language, 1L, Long::sum);
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Standby take(Shape shape) {
    lock.lock();
    try {
      if (closed) {
        return null;
      }
      @Nullable Shelf shelf = shelves.get(shape);
      long now = System.nanoTime();
      boolean first = shelf == null;
      if (shelf == null) {
        forgetOldest();
        shelf = new Shelf(shape, shape.warmUp() == WarmUp.AGENT ? AGENT_BYTES : RUNTIME_BYTES, now);
        shelves.put(shape, shelf);
      }
      @Nullable Standby taken = shelf.take(first, most, now);
      changed.signalAll();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private void forgetOldest() {
    if (shelves.size() >= SHAPES) {
      shelves.values().stream()
          .min(Comparator.comparingLong(Shelf::lastAsked))
          .ifPresent(this::forget);
    }
  }

  /// Forgets a shape; what waits is ended by the keeper. The lock is held.
  private void forget(Shelf shelf) {
    shelves.remove(shelf.shape());
    shelf.all().forEach(rejected::add);
    changed.signalAll();
  }

  private void reject(Standby useless) {
    lock.lock();
    try {
      rejected.add(useless);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void keep() {
    while (true) {
      @Nullable Standby useless;
      @Nullable Shelf next = null;
      lock.lock();
      try {
        useless = rejected.poll();
        if (useless == null) {
          if (closed) {
            return;
          }
          next = next();
        }
        making = useless != null || next != null;
        changed.signalAll();
        if (!making) {
          changed.awaitNanos(someLack() ? BUSY_PAUSE : IDLE_PAUSE);
          continue;
        }
      } catch (InterruptedException stopped) {
        return;
      } finally {
        lock.unlock();
      }
      if (useless != null) {
        useless.discard();
      } else if (next != null) {
        make(next);
      }
    }
  }

  private boolean someLack() {
    long now = System.nanoTime();
    return shelves.values().stream().anyMatch(shelf -> shelf.lacks(now));
  }

  /// The shelf that gets the next one, when there may be one now. The lock is held.
  private @Nullable Shelf next() {
    long now = System.nanoTime();
    shelves.values().stream().filter(shelf -> shelf.isIdle(now)).toList().forEach(this::forget);
    if (!rejected.isEmpty() || host.running() >= Runtime.getRuntime().availableProcessors()) {
      return null;
    }
    Optional<Shelf> lacking =
        shelves.values().stream()
            .filter(shelf -> shelf.due(now))
            .max(Comparator.comparingLong(Shelf::lastAsked));
    if (lacking.isEmpty() || !full(lacking.get())) {
      return lacking.orElse(null);
    }
    makeRoom(lacking.get());
    return null;
  }

  /// Gives one up that is in the way of one that was asked for twice since; when there is none, no
  /// more are wanted. The lock is held.
  private void makeRoom(Shelf wanting) {
    Optional<Standby> given =
        shelves.values().stream()
            .filter(shelf -> shelf.size() > 0 && shelf.lastAsked() < wanting.askedBefore())
            .min(Comparator.comparingLong(Shelf::lastAsked))
            .map(Shelf::giveUp);
    if (given.isPresent()) {
      rejected.add(given.get());
    } else {
      wanting.content();
    }
  }

  private boolean full(Shelf wanting) {
    int waiting = shelves.values().stream().mapToInt(Shelf::size).sum();
    return waiting >= most || bytes() + wanting.estimate() > mostBytes || !maker.hasNumber();
  }

  private long bytes() {
    return shelves.values().stream().mapToLong(Shelf::bytes).sum();
  }

  private void make(Shelf shelf) {
    long begin = System.nanoTime();
    try {
      Standby ready = maker.start(shelf.shape());
      lock.lock();
      try {
        if (closed || shelves.get(shelf.shape()) != shelf) {
          rejected.add(ready);
        } else {
          shelf.add(ready);
          shelf.took(System.nanoTime() - begin);
        }
      } finally {
        lock.unlock();
      }
    } catch (IOException failed) {
      failed(shelf, failed);
    }
  }

  private void failed(Shelf shelf, IOException failure) {
    lock.lock();
    try {
      if (shelf.failed(System.nanoTime()) && !closed) {
        LOG.warn("no {} waits ahead; its programs start cold", shelf.shape().language(), failure);
      }
    } finally {
      lock.unlock();
    }
  }

  /// How many runs had a runtime that waited.
  long served() {
    lock.lock();
    try {
      return served.values().stream().mapToLong(Long::longValue).sum();
    } finally {
      lock.unlock();
    }
  }

  /// Gauges and counters, by language.
  Map<String, Long> counters() {
    Map<String, Long> counters = new TreeMap<>();
    lock.lock();
    try {
      served.forEach(
          (language, runs) -> {
            counters.put("sandbox_runtimes_" + language + "_served_total", runs);
            counters.put(
                "sandbox_runtimes_" + language + "_waiting",
                shelves.values().stream()
                    .filter(shelf -> shelf.shape().language().equals(language))
                    .mapToLong(Shelf::size)
                    .sum());
          });
      counters.put("sandbox_runtimes_idle_memory_bytes", bytes());
      return counters;
    } finally {
      lock.unlock();
    }
  }

  /// The processes that wait, once those that are wanted do.
  List<Long> idleProcesses(Duration atMost) {
    lock.lock();
    try {
      long left = atMost.toNanos();
      while (left > 0 && !closed && (making || !rejected.isEmpty() || someLack())) {
        left = changed.awaitNanos(Math.min(left, BUSY_PAUSE)) + Math.max(0, left - BUSY_PAUSE);
      }
      List<Long> processes = new ArrayList<>();
      shelves
          .values()
          .forEach(
              shelf -> shelf.all().forEach(each -> processes.addAll(ProcessTree.of(each.outer()))));
      return processes;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return List.of();
    } finally {
      lock.unlock();
    }
  }

  /// Gives up all that wait, and forgets what was asked for; returns when they are gone.
  void drop() {
    lock.lock();
    try {
      List.copyOf(shelves.values()).forEach(this::forget);
    } finally {
      lock.unlock();
    }
    idleProcesses(Duration.ofSeconds(30));
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      List.copyOf(shelves.values()).forEach(this::forget);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      keeper.join(Duration.ofSeconds(60));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}

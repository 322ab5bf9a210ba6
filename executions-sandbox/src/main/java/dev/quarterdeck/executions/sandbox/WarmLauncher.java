package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.sandbox.Zygote.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives each run a sandbox that was got ready before it was asked for, by one of a few zygotes;
/// and a cold one when none is ready or the run needs what these cannot give. A sandbox is used
/// once; its zygote then gets the next one ready in the background.
final class WarmLauncher implements Launcher {
  private static final Logger LOG = LoggerFactory.getLogger(WarmLauncher.class);

  /// Runs after which a zygote is replaced: until then its runs share one layout of addresses.
  static final int RUNS_OF_A_ZYGOTE = 1000;

  private static final Duration PATIENCE = Duration.ofMillis(30);

  /// After so long without use a zygote ends, but for the last one.
  static final Duration IDLE = Duration.ofSeconds(60);

  private final Launcher cold;
  private final Zygote.Plan plan;
  private final int firstUserId;
  private final int most;
  private final Executor threads;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final CountDownLatch ended = new CountDownLatch(1);

  /// By number of its place.
  private final Map<Integer, Zygote> zygotes = new HashMap<>();

  private final List<Place> ready = new ArrayList<>();

  /// All that are, and those of them that had a run just now and take only moments.
  private int gettingReady;

  private int renewing;

  /// Programs that ask for a sandbox and have none yet.
  private final AtomicInteger asked = new AtomicInteger();

  private final BitSet numbers = new BitSet();
  private long served;
  private long servedCold;
  private long failedAt;
  private volatile boolean closed;

  private record Place(int number, Zygote zygote, long since) {}

  /// @param firstUserId user id of the first zygote, used only as root
  /// @param most zygotes at once; they are started as the load demands
  WarmLauncher(Launcher cold, Zygote.Plan plan, int firstUserId, int most, Executor threads) {
    this.cold = cold;
    this.plan = plan;
    this.firstUserId = firstUserId;
    this.most = most;
    this.threads = threads;
  }

  /// Starts the first zygote and waits until it is ready.
  void open() throws IOException {
    locked(
        () -> {
          gettingReady++;
          numbers.set(0);
        });
    renew(0, null, Kind.PYTHON);
    threads.execute(this::endIdleOnes);
  }

  /// Starts one more in the background when there may be more. The lock is held.
  private void grow() {
    boolean pausing = failedAt != 0 && System.nanoTime() - failedAt < IDLE.toNanos() / 4;
    if (numbers.cardinality() < most && gettingReady == renewing && !pausing) {
      int number = numbers.nextClearBit(0);
      numbers.set(number);
      gettingReady++;
      inBackground(number, null, Kind.PYTHON);
    }
  }

  private void inBackground(int number, @Nullable Zygote old, Kind kind) {
    threads.execute(
        () -> {
          try {
            renew(number, old, kind);
          } catch (IOException failed) {
            LOG.warn("zygote {} is given up; its runs start cold for a while", number, failed);
            locked(
                () -> {
                  numbers.clear(number);
                  failedAt = System.nanoTime();
                });
          }
        });
  }

  private Zygote start(int number) throws IOException {
    Optional<ControlGroups> groups = plan.confinement().groups();
    return Zygote.start(
        plan, firstUserId + number, new ZygoteGroups(groups, "zygote-" + number, Zygote.LIMITS));
  }

  /// Gets the next sandbox of a place ready; replaces a zygote that cannot or has served enough.
  private void renew(int number, @Nullable Zygote old, Kind kind) throws IOException {
    Optional<Zygote> fit = Optional.empty();
    try {
      fit = fit(number, old, kind);
      if (fit.isPresent() && closed) {
        destroy(number, fit.get());
        fit = Optional.empty();
      }
    } finally {
      lock.lock();
      try {
        gettingReady--;
        renewing -= old == null ? 0 : 1;
        fit.ifPresent(zygote -> ready.add(new Place(number, zygote, System.nanoTime())));
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  private Optional<Zygote> fit(int number, @Nullable Zygote old, Kind kind) throws IOException {
    if (old != null) {
      try {
        if (old.born() < RUNS_OF_A_ZYGOTE && !closed) {
          old.prepare(kind, asked.get() > 0);
          return Optional.of(old);
        }
      } catch (IOException failed) {
        LOG.info("zygote {} is replaced: {}", number, old.complaint(), failed);
      }
      destroy(number, old);
    }
    if (closed) {
      return Optional.empty();
    }
    Zygote next = start(number);
    locked(() -> zygotes.put(number, next));
    try {
      next.prepare(kind, false);
    } catch (IOException failed) {
      destroy(number, next);
      throw new IOException(failed.getMessage() + ": " + next.complaint(), failed);
    }
    return Optional.of(next);
  }

  private void destroy(int number, Zygote zygote) {
    locked(() -> zygotes.remove(number));
    try {
      zygote.destroy();
    } catch (IOException failed) {
      LOG.warn("zygote {} could not be removed", number, failed);
    }
  }

  private void locked(Runnable change) {
    lock.lock();
    try {
      change.run();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Enclosure launch(Task task, int slot) throws IOException {
    // What was mounted for one language only is not there.
    @Nullable Place place = task.binds().isEmpty() ? take(kind(task)) : null;
    if (place == null) {
      locked(() -> servedCold++);
      return cold.launch(task, slot);
    }
    try {
      return enter(place, task);
    } catch (IOException failed) {
      LOG.warn("a sandbox that was ready could not be used; run {} starts cold", task.id(), failed);
      again(place, kind(task));
      locked(() -> servedCold++);
      return cold.launch(task, slot);
    }
  }

  private Kind kind(Task task) {
    List<String> command = plan.command();
    boolean python =
        task.run().size() >= command.size()
            && task.run().subList(0, command.size()).equals(command)
            && task.compile().isEmpty()
            && !task.transfers()
            && task.variables().isEmpty()
            && task.environment().equals(plan.environment());
    return python ? Kind.PYTHON : Kind.OTHER;
  }

  private @Nullable Place take(Kind kind) {
    asked.incrementAndGet();
    lock.lock();
    try {
      if (ready.isEmpty() && !closed) {
        grow();
      }
      long left = PATIENCE.toNanos();
      while (ready.isEmpty() && renewing > 0 && left > 0 && !closed) {
        left = changed.awaitNanos(left);
      }
      if (ready.isEmpty() || closed) {
        return null;
      }
      int best = 0;
      for (int i = 0; i < ready.size(); i++) {
        if (ready.get(i).zygote().readyFor() == kind) {
          best = i;
        }
      }
      served++;
      return ready.remove(best);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return null;
    } finally {
      asked.decrementAndGet();
      lock.unlock();
    }
  }

  private Enclosure enter(Place place, Task task) throws IOException {
    Zygote zygote = place.zygote();
    Kind kind = kind(task);
    boolean asProgram = kind == Kind.PYTHON && zygote.readyFor() == Kind.PYTHON;
    Optional<RunGroup> counted = zygote.groupOfRun(task.limits(), asProgram);
    String stage = Stage.script(task, plan.confinement().abilities());
    Optional<RunDirectory> files = RunDirectory.ofFiles(plan.runs(), task);
    try {
      return new Born(
          zygote,
          zygote.hand(task, asProgram, stage, files),
          around ->
              counted.isPresent()
                  ? new Meter.ByGroup(counted.get(), around)
                  : new Meter.ByWatching(task.limits(), zygote.pid(), around),
          files,
          () -> again(place, kind));
    } catch (IOException failed) {
      files.ifPresent(directory -> directory.deleteQuietly(failed));
      throw failed;
    }
  }

  /// Gets the place ready again, in the background.
  private void again(Place place, Kind kind) {
    locked(
        () -> {
          gettingReady++;
          renewing++;
        });
    inBackground(place.number(), place.zygote(), kind);
  }

  /// How many runs did not start cold.
  long served() {
    return counters().getOrDefault("sandbox_served_ahead_total", 0L);
  }

  private void endIdleOnes() {
    try {
      while (!ended.await(IDLE.toSeconds() / 4, TimeUnit.SECONDS)) {
        endIdle(IDLE);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /// Ends the zygotes that nobody needed for so long, but for the last one.
  void endIdle(Duration unused) {
    List<Place> idle = new ArrayList<>();
    locked(
        () -> {
          // Whoever became ready first is taken last.
          while (!closed
              && ready.size() > 1
              && System.nanoTime() - ready.getFirst().since() >= unused.toNanos()) {
            idle.add(ready.removeFirst());
          }
        });
    for (Place place : idle) {
      destroy(place.number(), place.zygote());
      locked(() -> numbers.clear(place.number()));
    }
  }

  /// What there is, for those who watch.
  Map<String, Long> counters() {
    List<Place> idle = new ArrayList<>();
    Map<String, Long> counters = new LinkedHashMap<>();
    locked(
        () -> {
          counters.put("sandbox_ready", (long) ready.size());
          counters.put("sandbox_starting", (long) gettingReady);
          counters.put("sandbox_served_ahead_total", served);
          counters.put("sandbox_served_cold_total", servedCold);
          idle.addAll(ready);
        });
    long bytes = idle.stream().mapToLong(place -> place.zygote().bytes()).sum();
    counters.put("sandbox_idle_memory_bytes", bytes);
    return counters;
  }

  /// Waits until nothing is being got ready any more.
  boolean awaitReady(Duration atMost) throws InterruptedException {
    lock.lock();
    try {
      long left = atMost.toNanos();
      while (gettingReady > 0 && left > 0) {
        left = changed.awaitNanos(left);
      }
      return gettingReady == 0;
    } finally {
      lock.unlock();
    }
  }

  /// Memory of the first zygote with what it has ready; 0 when it has nothing ready.
  long idleBytes() {
    long[] bytes = new long[1];
    locked(
        () -> {
          @Nullable Zygote first = zygotes.get(0);
          bytes[0] = first == null ? 0 : first.bytes();
        });
    return bytes[0];
  }

  /// The processes that are there though nothing runs; waits until every zygote is ready.
  List<Long> idleProcesses() {
    try {
      awaitReady(Duration.ofSeconds(10));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    lock.lock();
    try {
      return zygotes.values().stream()
          .flatMap(zygote -> ProcessTree.of(zygote.outer()).stream())
          .toList();
    } finally {
      lock.unlock();
    }
  }

  /// Ends the zygotes, but not what starts cold.
  void abandon() {
    locked(() -> closed = true);
    ended.countDown();
    try {
      if (!awaitReady(Duration.ofSeconds(10))) {
        LOG.warn("zygotes are left that did not end");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    List<Place> left = new ArrayList<>();
    locked(
        () -> {
          left.addAll(ready);
          ready.clear();
        });
    left.forEach(place -> destroy(place.number(), place.zygote()));
  }

  @Override
  public void close() {
    abandon();
    cold.close();
  }
}

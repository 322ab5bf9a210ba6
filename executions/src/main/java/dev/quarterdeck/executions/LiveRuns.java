package dev.quarterdeck.executions;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The runs of this process, from before they are claimed until after they are finished: the slots
/// in use. Safe for all threads.
final class LiveRuns {
  private static final int REMEMBERED = 2000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<String, Live> runs = new HashMap<>();
  private final LinkedHashSet<String> lately = new LinkedHashSet<>();
  private long usualNanos;

  /// Takes note that a worker begins with an execution; null when another one has it already.
  @Nullable Live begin(String id) {
    lock.lock();
    try {
      if (runs.containsKey(id)) {
        return null;
      }
      Live live = new Live(id);
      runs.put(id, live);
      lately.add(id);
      if (lately.size() > REMEMBERED) {
        lately.removeFirst();
      }
      return live;
    } finally {
      lock.unlock();
    }
  }

  /// Whether a worker began with an execution not long ago.
  boolean begun(String id) {
    lock.lock();
    try {
      return lately.contains(id);
    } finally {
      lock.unlock();
    }
  }

  /// Kills an execution's program, now or as soon as it has started. Does nothing when it is not
  /// here.
  void kill(String id) {
    Live live;
    lock.lock();
    try {
      live = runs.get(id);
    } finally {
      lock.unlock();
    }
    if (live != null) {
      live.kill();
    }
  }

  /// The run of an execution, when it is here.
  Optional<Live> find(String id) {
    lock.lock();
    try {
      return Optional.ofNullable(runs.get(id));
    } finally {
      lock.unlock();
    }
  }

  /// Waits until an execution's program has started, or the caller says that it need not.
  void awaitRun(String id, BooleanSupplier over) {
    lock.lock();
    try {
      while (true) {
        Live live = runs.get(id);
        if ((live != null && live.run != null) || over.getAsBoolean()) {
          return;
        }
        if (changed.awaitNanos(100_000_000) < 0) {
          continue;
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  void killAll() {
    List<Live> all;
    lock.lock();
    try {
      all = List.copyOf(runs.values());
    } finally {
      lock.unlock();
    }
    all.forEach(Live::kill);
  }

  boolean contains(String id) {
    lock.lock();
    try {
      return runs.containsKey(id);
    } finally {
      lock.unlock();
    }
  }

  int count() {
    lock.lock();
    try {
      return runs.size();
    } finally {
      lock.unlock();
    }
  }

  /// Waits until nothing runs.
  ///
  /// @return false when the time passed first
  boolean awaitNone(Duration atMost) throws InterruptedException {
    lock.lock();
    try {
      long left = atMost.toNanos();
      while (!runs.isEmpty() && left > 0) {
        left = changed.awaitNanos(left);
      }
      return runs.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /// How long a slot is in use, on average, the last ones counting most; empty before the first.
  Optional<Duration> usualTime() {
    lock.lock();
    try {
      return usualNanos == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(usualNanos));
    } finally {
      lock.unlock();
    }
  }

  /// Those whose worker has died without giving its slot back.
  List<Live> orphans() {
    lock.lock();
    try {
      return runs.values().stream().filter(live -> !live.worker.isAlive()).toList();
    } finally {
      lock.unlock();
    }
  }

  /// Those whose lease is over.
  List<Live> overdue(Instant now) {
    lock.lock();
    try {
      return runs.values().stream().filter(live -> live.leaseUntil.isBefore(now)).toList();
    } finally {
      lock.unlock();
    }
  }

  /// A slot in use. Closing it frees the slot.
  final class Live implements AutoCloseable {
    private final String id;
    private final Thread worker = Thread.currentThread();
    private final long since = System.nanoTime();
    private volatile Instant leaseUntil = Instant.MAX;
    private boolean abandoned;
    private boolean killed;
    private volatile OptionalLong compilerBytes = OptionalLong.empty();
    private Sandbox.@Nullable Run run;

    private Live(String id) {
      this.id = id;
    }

    /// The program has started.
    void started(Sandbox.Run started) {
      boolean kill;
      lock.lock();
      try {
        run = started;
        kill = killed;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
      if (kill) {
        started.cancel();
      }
    }

    String id() {
      return id;
    }

    /// The worker that has the slot.
    Thread worker() {
      return worker;
    }

    /// Says until when the run ends for certain.
    void lease(Instant until) {
      leaseUntil = until;
    }

    Instant leaseUntil() {
      return leaseUntil;
    }

    /// Takes the slot away from a worker that does not come back.
    ///
    /// @return false when it came back just now
    boolean abandon() {
      lock.lock();
      try {
        abandoned = runs.remove(id, this);
        changed.signalAll();
        return abandoned;
      } finally {
        lock.unlock();
      }
    }

    /// Whether the slot was taken away; another worker has it.
    boolean abandoned() {
      lock.lock();
      try {
        return abandoned;
      } finally {
        lock.unlock();
      }
    }

    /// The run in the sandbox, once it has started.
    Optional<Sandbox.Run> run() {
      lock.lock();
      try {
        return Optional.ofNullable(run);
      } finally {
        lock.unlock();
      }
    }

    /// The compiler has ended well; so many bytes of standard error are its own.
    void compiled(long bytes) {
      compilerBytes = OptionalLong.of(bytes);
    }

    /// How many bytes of standard error are the compiler's, once it has ended well.
    OptionalLong compilerBytes() {
      return compilerBytes;
    }

    /// Whether it was asked to end.
    boolean killed() {
      lock.lock();
      try {
        return killed;
      } finally {
        lock.unlock();
      }
    }

    void kill() {
      Sandbox.Run victim;
      lock.lock();
      try {
        killed = true;
        victim = run;
      } finally {
        lock.unlock();
      }
      if (victim != null) {
        victim.cancel();
      }
    }

    @Override
    public void close() {
      lock.lock();
      try {
        if (runs.remove(id, this)) {
          long taken = System.nanoTime() - since;
          usualNanos = usualNanos == 0 ? taken : (usualNanos * 4 + taken) / 5;
        }
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }
}

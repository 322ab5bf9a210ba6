package dev.quarterdeck.executions;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Tells those who watch an execution that there is something new. It carries the newest version
/// and no output: whoever is told reads the output log, so nothing can be missed or come twice.
/// Telling costs nothing when nobody watches, and never makes the teller wait for the watchers: a
/// few are woken at once, many by dispatcher threads (`SSE_CONSUMER_POOL_SIZE`), an execution at a
/// time.
final class Signals {
  private static final int FEW = 4;

  private final ThreadPoolExecutor dispatchers;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Topic> topics = new HashMap<>();

  Signals(int dispatchers) {
    AtomicInteger number = new AtomicInteger();
    this.dispatchers =
        new ThreadPoolExecutor(
            dispatchers,
            dispatchers,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task ->
                Thread.ofPlatform()
                    .daemon()
                    .name("sse-dispatch-" + number.getAndIncrement())
                    .unstarted(task),
            new ThreadPoolExecutor.DiscardPolicy());
  }

  /// Starts the dispatchers.
  void start() {
    dispatchers.prestartAllCoreThreads();
  }

  /// Ends the dispatchers; who still watches wakes up at the end of its patience.
  void stop() {
    dispatchers.shutdown();
  }

  /// The execution has a new version, which is durable.
  void state(Execution execution) {
    tell(execution.id(), Optional.of(execution), execution.finished().isPresent(), true);
  }

  /// The execution is gone.
  void deleted(String execution) {
    tell(execution, Optional.empty(), true, true);
  }

  /// The execution has new output.
  void output(String execution) {
    tell(execution, Optional.empty(), false, false);
  }

  private void tell(String id, Optional<Execution> version, boolean end, boolean state) {
    lock.lock();
    try {
      Topic topic = topics.get(id);
      if (topic == null) {
        return;
      }
      topic.all++;
      topic.states += state ? 1 : 0;
      topic.ended |= end;
      topic.latest = state ? newest(topic.latest, version) : topic.latest;
      if (!end && topic.awaitingEnd == topic.subscribers) {
        return;
      }
      if (topic.subscribers <= FEW) {
        topic.news.signalAll();
      } else if (!topic.dispatched) {
        topic.dispatched = true;
        dispatchers.execute(() -> wake(topic));
      }
    } finally {
      lock.unlock();
    }
  }

  private static Optional<Execution> newest(
      Optional<Execution> known, Optional<Execution> version) {
    return known.isPresent()
            && version.isPresent()
            && known.get().version() > version.get().version()
        ? known
        : version;
  }

  private void wake(Topic topic) {
    lock.lock();
    try {
      topic.dispatched = false;
      topic.news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Begins to watch. Whatever becomes durable after this wakes the subscription.
  Subscription subscribe(String execution) {
    return subscribe(execution, false);
  }

  /// The same for somebody who wants to hear of the end only.
  Subscription subscribeToEnd(String execution) {
    return subscribe(execution, true);
  }

  private Subscription subscribe(String execution, boolean toEnd) {
    lock.lock();
    try {
      Topic topic = topics.computeIfAbsent(execution, ignored -> new Topic(lock.newCondition()));
      topic.subscribers++;
      topic.awaitingEnd += toEnd ? 1 : 0;
      return new Subscription(execution, topic, toEnd);
    } finally {
      lock.unlock();
    }
  }

  /// Whether somebody wants to see output as it comes.
  boolean watched(String execution) {
    lock.lock();
    try {
      Topic topic = topics.get(execution);
      return topic != null && topic.subscribers > topic.awaitingEnd;
    } finally {
      lock.unlock();
    }
  }

  int watched() {
    lock.lock();
    try {
      return topics.size();
    } finally {
      lock.unlock();
    }
  }

  private static final class Topic {
    final Condition news;
    int subscribers;

    /// How many of them want to hear of the end only.
    int awaitingEnd;

    long all;
    long states;
    boolean ended;
    boolean dispatched;
    Optional<Execution> latest = Optional.empty();

    Topic(Condition news) {
      this.news = news;
    }
  }

  /// One watcher's place. Belongs to one thread, except [#wake].
  final class Subscription implements AutoCloseable {
    private final String execution;
    private final Topic topic;
    private final boolean toEnd;
    private long seen;
    private long seenStates = -1;
    private boolean woken;

    private Subscription(String execution, Topic topic, boolean toEnd) {
      this.execution = execution;
      this.topic = topic;
      this.toEnd = toEnd;
      this.seen = topic.all;
    }

    /// Whether there may be a new version since the last call; true the first time.
    boolean stateChanged() {
      lock.lock();
      try {
        boolean changed = seenStates != topic.states;
        seenStates = topic.states;
        return changed;
      } finally {
        lock.unlock();
      }
    }

    /// The newest version that came since somebody began to watch; empty when none came, or when
    /// the execution was deleted.
    Optional<Execution> latest() {
      lock.lock();
      try {
        return topic.latest;
      } finally {
        lock.unlock();
      }
    }

    /// Waits for news since the last call of this method, for a [#wake], or for the time to pass.
    void await(Duration atMost) throws InterruptedException {
      lock.lock();
      try {
        long left = atMost.toNanos();
        while ((toEnd ? !topic.ended : seen == topic.all) && !woken && left > 0) {
          left = topic.news.awaitNanos(left);
        }
        seen = topic.all;
      } finally {
        lock.unlock();
      }
    }

    /// Ends the waiting, now and later.
    void wake() {
      lock.lock();
      try {
        woken = true;
        topic.news.signalAll();
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void close() {
      lock.lock();
      try {
        topic.awaitingEnd -= toEnd ? 1 : 0;
        if (--topic.subscribers == 0) {
          topics.remove(execution);
        }
      } finally {
        lock.unlock();
      }
    }
  }
}

package dev.quarterdeck.executions;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Tells those who watch an execution that there is something new to read. It carries no data:
/// whoever is told reads the store, so nothing can be missed or come twice. Telling costs nothing
/// when nobody watches, and never makes the teller wait for the watchers: dispatcher threads wake
/// them (`SSE_CONSUMER_POOL_SIZE`), an execution at a time.
final class Signals {
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

  /// The execution has a new version.
  void state(String execution) {
    tell(execution, true);
  }

  /// The execution has new output.
  void output(String execution) {
    tell(execution, false);
  }

  private void tell(String execution, boolean state) {
    lock.lock();
    try {
      Topic topic = topics.get(execution);
      if (topic != null) {
        topic.all++;
        topic.states += state ? 1 : 0;
        if (!topic.dispatched) {
          topic.dispatched = true;
          dispatchers.execute(() -> wake(topic));
        }
      }
    } finally {
      lock.unlock();
    }
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
    lock.lock();
    try {
      Topic topic = topics.computeIfAbsent(execution, ignored -> new Topic(lock.newCondition()));
      topic.subscribers++;
      return new Subscription(execution, topic);
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
    long all;
    long states;
    boolean dispatched;

    Topic(Condition news) {
      this.news = news;
    }
  }

  /// One watcher's place. Belongs to one thread, except [#wake].
  final class Subscription implements AutoCloseable {
    private final String execution;
    private final Topic topic;
    private long seen;
    private long seenStates = -1;
    private boolean woken;

    private Subscription(String execution, Topic topic) {
      this.execution = execution;
      this.topic = topic;
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

    /// Waits for news since the last call of this method, for a [#wake], or for the time to pass.
    void await(Duration atMost) throws InterruptedException {
      lock.lock();
      try {
        long left = atMost.toNanos();
        while (seen == topic.all && !woken && left > 0) {
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
        if (--topic.subscribers == 0) {
          topics.remove(execution);
        }
      } finally {
        lock.unlock();
      }
    }
  }
}

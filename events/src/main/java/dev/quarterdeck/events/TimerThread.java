package dev.quarterdeck.events;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The scheduler of a running program: one daemon thread. Tasks that are not yet due when it is
/// closed never run.
public final class TimerThread implements Scheduler, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TimerThread.class);

  private final InstantSource clock;
  private final ScheduledThreadPoolExecutor thread;

  public TimerThread(InstantSource clock) {
    this.clock = clock;
    this.thread =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("events-timer").daemon().factory());
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public void at(Instant time, Runnable task) {
    long wait = Math.max(0, Duration.between(clock.instant(), time).toMillis());
    try {
      Future<?> unused = thread.schedule(() -> run(task), wait, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closed) {
      LOG.debug("a task came after the timer was closed");
    }
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException failure) {
      LOG.error("a timed task failed", failure);
    }
  }

  @Override
  public void close() {
    thread.shutdown();
  }
}

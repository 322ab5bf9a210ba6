package dev.quarterdeck.store.sqlite;

import dev.quarterdeck.store.Change.Urgency;
import dev.quarterdeck.store.DuplicateValue;
import dev.quarterdeck.store.VersionConflict;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that writes a file. What callers ask for while a transaction is being synced goes
/// into the next one together, so that one sync serves many.
final class Writer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
  private static final int UNITS_PER_BATCH = 512;
  private static final int BULK_UNITS_AT_ONCE = 16;
  private static final long BULK_BATCH = TimeUnit.MILLISECONDS.toNanos(40);
  private static final long CURSORS_SAVED_AFTER = TimeUnit.SECONDS.toNanos(1);

  private final Path file;
  private final Cursors cursors;
  private final List<Runnable> listeners;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Queue<Job<?>> interactive = new ArrayDeque<>();
  private final Queue<Job<?>> bulk = new ArrayDeque<>();
  private final AtomicLong transactions = new AtomicLong();
  private boolean closing;

  /// @param session owned by the writer from here on
  /// @param listeners safe for all threads; called on the writer's thread after a commit with
  ///   events
  Writer(Path file, Session session, Cursors cursors, List<Runnable> listeners) {
    this.file = file;
    this.cursors = cursors;
    this.listeners = listeners;
    this.thread =
        Thread.ofPlatform()
            .name("store-writer-" + file.getFileName())
            .unstarted(() -> loop(session));
  }

  void start() {
    thread.start();
  }

  /// Runs the unit and waits until it is durable.
  <T> T write(Urgency urgency, boolean appendsEvents, Unit<T> unit)
      throws VersionConflict, DuplicateValue {
    return submit(urgency, appendsEvents, List.of(unit)).getFirst().await(file);
  }

  /// Asks for units, each of which succeeds or fails by itself.
  <T> List<Job<T>> submit(Urgency urgency, boolean appendsEvents, List<Unit<T>> units) {
    List<Job<T>> jobs = new ArrayList<>(units.size());
    for (Unit<T> unit : units) {
      jobs.add(new Job<>(unit, appendsEvents));
    }
    lock.lock();
    try {
      if (closing) {
        throw Faults.closed(file);
      }
      switch (urgency) {
        case INTERACTIVE -> interactive.addAll(jobs);
        case BULK -> bulk.addAll(jobs);
      }
      work.signal();
    } finally {
      lock.unlock();
    }
    return jobs;
  }

  /// How many transactions became durable, those of cursors only not counted.
  long transactions() {
    return transactions.get();
  }

  /// Tells that there are cursors to save.
  void nudge() {
    lock.lock();
    try {
      work.signal();
    } finally {
      lock.unlock();
    }
  }

  /// Finishes what was asked for, saves the cursors and ends the thread.
  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      work.signal();
    } finally {
      lock.unlock();
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException again) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void loop(Session session) {
    long cursorsSaved = System.nanoTime();
    boolean last = false;
    while (!last) {
      List<Job<?>> batch = next(cursorsSaved + CURSORS_SAVED_AFTER);
      last = batch.isEmpty() && isClosing();
      boolean saveCursors =
          cursors.dirty() && (last || System.nanoTime() - cursorsSaved - CURSORS_SAVED_AFTER >= 0);
      if (saveCursors) {
        cursorsSaved = System.nanoTime();
      }
      if (saveCursors || !batch.isEmpty()) {
        commit(session, batch, saveCursors, !batch.isEmpty());
      }
    }
    closeQuietly(session);
  }

  private boolean isClosing() {
    lock.lock();
    try {
      return closing;
    } finally {
      lock.unlock();
    }
  }

  /// Waits for work; an empty list when cursors are due or the writer is closing.
  private List<Job<?>> next(long cursorsDue) {
    lock.lock();
    try {
      while (interactive.isEmpty() && bulk.isEmpty() && !closing) {
        if (cursors.dirty()) {
          long left = cursorsDue - System.nanoTime();
          if (left <= 0 || work.awaitNanos(left) <= 0) {
            break;
          }
        } else {
          work.await();
        }
      }
      List<Job<?>> batch = new ArrayList<>();
      for (Job<?> job; batch.size() < UNITS_PER_BATCH && (job = interactive.poll()) != null; ) {
        batch.add(job);
      }
      takeBulk(batch);
      return batch;
    } catch (InterruptedException stray) {
      LOG.warn("{}: somebody interrupted the writer; it goes on", file);
      return List.of();
    } finally {
      lock.unlock();
    }
  }

  private void takeBulk(List<Job<?>> batch) {
    for (int left = BULK_UNITS_AT_ONCE; left > 0 && !bulk.isEmpty(); left--) {
      batch.add(bulk.remove());
    }
  }

  /// More bulk work for the open transaction, which grows as long as nobody waits.
  ///
  /// @param begun when the transaction began
  private List<Job<?>> more(int size, long begun) {
    lock.lock();
    try {
      List<Job<?>> more = new ArrayList<>();
      if (interactive.isEmpty()
          && size < UNITS_PER_BATCH
          && System.nanoTime() - begun < BULK_BATCH) {
        takeBulk(more);
      }
      return more;
    } finally {
      lock.unlock();
    }
  }

  /// One transaction. When it is lost and held several units, each gets one of its own: one that
  /// cannot be written does not take its neighbours with it.
  private void commit(Session session, List<Job<?>> batch, boolean saveCursors, boolean growing) {
    Map<String, Long> positions = Map.of();
    long begun = System.nanoTime();
    try {
      session.run("BEGIN IMMEDIATE");
      if (batch.size() == 1 && !saveCursors) {
        commitAlone(session, batch.getFirst());
        return;
      }
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).run(session);
        if (growing && i == batch.size() - 1) {
          batch.addAll(more(batch.size(), begun));
        }
      }
      if (saveCursors) {
        positions = cursors.write(session);
      }
      end(session, !batch.isEmpty());
    } catch (SQLException | RuntimeException | Error failure) {
      rollBack(session);
      if (saveCursors) {
        cursors.lost();
      }
      if (batch.isEmpty()) {
        LOG.warn("cursors not saved, events may be delivered again: {}", failure.toString());
      } else if (batch.size() == 1 && !saveCursors) {
        batch.getFirst().lost(failure);
      } else {
        batch.forEach(job -> commit(session, List.of(job), false, false));
      }
      return;
    }
    cursors.written(positions);
    boolean appended = false;
    for (Job<?> job : batch) {
      appended |= job.committed();
    }
    if (appended) {
      signal();
    }
  }

  /// Commits, counted before anybody can read it.
  private void end(Session session, boolean counted) throws SQLException {
    int one = counted ? 1 : 0;
    transactions.addAndGet(one);
    boolean durable = false;
    try {
      session.run("COMMIT");
      durable = true;
    } finally {
      transactions.addAndGet(durable ? 0 : -one);
    }
  }

  /// A unit that has the transaction for itself needs no savepoint: when it fails, all of it goes.
  private void commitAlone(Session session, Job<?> job) throws SQLException {
    if (job.runAlone(session)) {
      end(session, true);
    } else {
      session.run("ROLLBACK");
    }
    if (job.committed()) {
      signal();
    }
  }

  private void signal() {
    for (Runnable listener : listeners) {
      try {
        listener.run();
      } catch (RuntimeException failure) {
        LOG.error("{}: a listener of the journal failed", file, failure);
      }
    }
  }

  private static void rollBack(Session session) {
    session.forgetStatements();
    try {
      session.run("ROLLBACK");
    } catch (SQLException alreadyRolledBack) {
      LOG.debug("nothing to roll back: {}", alreadyRolledBack.getMessage());
    }
  }

  static void closeQuietly(Session session) {
    try {
      session.close();
    } catch (SQLException failure) {
      LOG.warn("a connection did not close cleanly: {}", failure.getMessage());
    }
  }
}

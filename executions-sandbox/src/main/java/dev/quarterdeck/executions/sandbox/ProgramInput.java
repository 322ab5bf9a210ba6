package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.Sandbox.Run.Accepted;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Standard input that comes while the program runs. What the program has not read yet is kept up
/// to a bound, so that one which never reads makes nobody wait. Safe for all threads.
final class ProgramInput {
  private static final int MOST = 1 << 20;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<byte[]> waiting = new ArrayDeque<>();
  private int bytes;
  private boolean closed;
  private boolean ended;

  /// Takes bytes, all or none.
  Accepted offer(byte[] more) {
    lock.lock();
    try {
      if (closed || ended) {
        return Accepted.CLOSED;
      }
      if (bytes + more.length > MOST) {
        return Accepted.FULL;
      }
      waiting.add(more.clone());
      bytes += more.length;
      changed.signalAll();
      return Accepted.TAKEN;
    } finally {
      lock.unlock();
    }
  }

  /// No more comes; the program sees the end after it has read what there is.
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// The program has ended: what it did not read is dropped.
  void end() {
    lock.lock();
    try {
      ended = true;
      waiting.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Writes what comes, as it comes, until the end.
  void passOn(OutputStream stdin) throws IOException {
    stdin.flush();
    try {
      for (byte[] next = next(); next != null; next = next()) {
        stdin.write(next);
        stdin.flush();
        lock.lock();
        bytes -= next.length;
        lock.unlock();
      }
    } finally {
      close();
    }
  }

  private byte @Nullable [] next() {
    lock.lock();
    try {
      while (waiting.isEmpty() && !closed && !ended) {
        changed.awaitUninterruptibly();
      }
      return ended ? null : waiting.poll();
    } finally {
      lock.unlock();
    }
  }
}

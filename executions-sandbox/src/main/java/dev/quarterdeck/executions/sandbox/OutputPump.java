package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.Sandbox;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Passes the two output streams of a program on as they appear, the first bytes of each up to a
/// limit, to a receiver that is called by one thread at a time.
final class OutputPump {
  private static final int CHUNK = 64 << 10;
  private static final long COMPILER_PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

  private final Sandbox.Output receiver;
  private final long limit;
  private final Runnable onTooMuch;
  private final ReentrantLock oneAtATime = new ReentrantLock();
  private volatile boolean stdoutTruncated;
  private volatile boolean stderrTruncated;
  private volatile @Nullable RuntimeException failure;

  /// Takes what to do, once or twice, when a stream exceeds its limit or the receiver fails.
  OutputPump(Sandbox.Output receiver, long limit, Runnable onTooMuch) {
    this.receiver = receiver;
    this.limit = limit;
    this.onTooMuch = onTooMuch;
  }

  /// Reads standard output to its end; what exceeds the limit is dropped.
  void drainStdout(InputStream stream) {
    drain(false, stream, new byte[CHUNK], limit);
  }

  /// Reads standard error to its end: first what the compiler writes, then what the program does.
  void drainStderr(InputStream stream, CompilerPhase compiler) {
    byte[] buffer = new byte[CHUNK];
    long left = limit;
    try {
      while (true) {
        // In this order: what was written before the end of the phase is seen after it.
        boolean over = compiler.over();
        if (stream.available() > 0) {
          left = pass(true, buffer, stream.read(buffer), left);
        } else if (over) {
          break;
        } else {
          LockSupport.parkNanos(COMPILER_PAUSE);
        }
      }
    } catch (IOException closed) {
      // As below.
    } finally {
      compiler.passedOn(limit - left);
    }
    drain(true, stream, buffer, left);
  }

  private void drain(boolean stderr, InputStream stream, byte[] buffer, long atMost) {
    long left = atMost;
    try (stream) {
      for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
        left = pass(stderr, buffer, n, left);
      }
    } catch (IOException closed) {
      // The pipe was closed on our side because the sandbox is gone: nothing more can come.
      return;
    }
  }

  /// Delivers what the limit allows.
  ///
  /// @return what the limit allows from now on
  private long pass(boolean stderr, byte[] buffer, int n, long left) {
    int kept = (int) Math.min(left, Math.max(0, n));
    if (kept > 0 && failure == null) {
      deliver(stderr, buffer, kept);
    }
    if (kept < n && !truncated(stderr)) {
      if (stderr) {
        stderrTruncated = true;
      } else {
        stdoutTruncated = true;
      }
      onTooMuch.run();
    }
    return left - kept;
  }

  private void deliver(boolean stderr, byte[] buffer, int length) {
    oneAtATime.lock();
    try {
      receiver.write(stderr, buffer, 0, length);
    } catch (RuntimeException failed) {
      failure = failed;
      onTooMuch.run();
    } finally {
      oneAtATime.unlock();
    }
  }

  /// The compiler has ended well, and all that it wrote was delivered.
  void compiled(long bytes) {
    receiver.compiled(bytes);
  }

  boolean truncated(boolean stderr) {
    return stderr ? stderrTruncated : stdoutTruncated;
  }

  /// What the receiver threw, null when it did not.
  @Nullable RuntimeException failure() {
    return failure;
  }
}

package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.Sandbox;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Passes the two output streams of a program on as they appear, the first bytes of each up to a
/// limit, to a receiver that is called by one thread at a time.
final class OutputPump {
  private static final int CHUNK = 64 << 10;

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

  /// Reads one stream to its end; what exceeds the limit is dropped.
  void drain(boolean stderr, InputStream stream) {
    byte[] buffer = new byte[CHUNK];
    long left = limit;
    try (stream) {
      for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
        int kept = (int) Math.min(left, n);
        if (kept > 0 && failure == null) {
          deliver(stderr, buffer, kept);
          left -= kept;
        }
        if (kept < n && !truncated(stderr)) {
          if (stderr) {
            stderrTruncated = true;
          } else {
            stdoutTruncated = true;
          }
          onTooMuch.run();
        }
      }
    } catch (IOException closed) {
      // The pipe was closed on our side because the sandbox is gone: nothing more can come.
      return;
    }
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

  boolean truncated(boolean stderr) {
    return stderr ? stderrTruncated : stdoutTruncated;
  }

  /// What the receiver threw, null when it did not.
  @Nullable RuntimeException failure() {
    return failure;
  }
}

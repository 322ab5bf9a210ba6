package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.Sandbox;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/// Keeps what a program writes.
final class Gathered implements Sandbox.Output {
  private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
  private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();

  @Override
  public synchronized void write(boolean isStderr, byte[] bytes, int offset, int length) {
    (isStderr ? stderr : stdout).write(bytes, offset, length);
    notifyAll();
  }

  synchronized String stdout() {
    return stdout.toString(StandardCharsets.UTF_8);
  }

  synchronized String stderr() {
    return stderr.toString(StandardCharsets.UTF_8);
  }

  /// Number of bytes of the longer stream.
  synchronized int longest() {
    return Math.max(stdout.size(), stderr.size());
  }

  /// Waits until the program has written something to its standard output.
  ///
  /// @return whether it did in that time
  synchronized boolean awaitStdout(long seconds) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (stdout.size() == 0) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      wait(100);
    }
    return true;
  }
}

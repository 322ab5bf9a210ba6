package dev.quarterdeck.server.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A line on stderr that tells a person that something goes on; nothing where nobody looks.
final class Progress implements AutoCloseable {
  private static final long EVERY_MILLIS = 200;
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread thread;

  private Progress(PrintStream err, String what) {
    this.thread = Thread.ofVirtual().start(() -> show(err, what));
  }

  static Progress of(Terminal terminal, String what) {
    Progress progress = new Progress(terminal.err(), what);
    if (!terminal.colours()) {
      progress.done.countDown();
    }
    return progress;
  }

  private void show(PrintStream err, String what) {
    long start = System.nanoTime();
    boolean shown = false;
    try {
      while (!done.await(EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
        Duration so = Duration.ofNanos(System.nanoTime() - start);
        err.print("\r%s … %d s".formatted(what, so.toSeconds()));
        err.flush();
        shown = true;
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
    if (shown) {
      err.print("\r\u001b[K");
      err.flush();
    }
  }

  @Override
  public void close() {
    done.countDown();
    try {
      thread.join();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }
}

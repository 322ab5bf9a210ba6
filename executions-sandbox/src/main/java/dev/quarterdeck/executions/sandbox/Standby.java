package dev.quarterdeck.executions.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A sandbox in which a runtime has started and waits for its one program. It is a cold start cut
/// in two: the same shell, limits, control group and stage, begun before the program is known. Used
/// by one thread until it is handed over.
final class Standby implements Enclosure {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(2);
  private static final long GRACE = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long LAST_PATIENCE = TimeUnit.SECONDS.toNanos(5);

  private final Enclosure sandbox;
  private final Gate gate;
  private final Runnable onGone;
  private long idleBytes;
  private Meter.Later meter;

  /// @param onGone called once, when nothing of it is left
  private Standby(Enclosure sandbox, Gate gate, Runnable onGone) {
    this.sandbox = sandbox;
    this.gate = gate;
    this.onGone = onGone;
    this.meter = new Meter.Later(sandbox.meter(), 0);
  }

  /// Starts one and waits until its runtime sleeps at the gate.
  ///
  /// @param number of its user id, as a slot's
  /// @throws IOException it does not; nothing is left, and `onGone` was called
  static Standby start(Launcher cold, Task task, Gate gate, int number, Runnable onGone)
      throws IOException {
    Enclosure sandbox;
    try {
      sandbox = cold.launch(task, number);
    } catch (IOException failed) {
      gate.close();
      onGone.run();
      throw failed;
    }
    Standby standby = new Standby(sandbox, gate, onGone);
    try {
      standby.background(true);
      standby.awaitGate();
      standby.background(false);
      standby.idleBytes = standby.measure();
      return standby;
    } catch (IOException failed) {
      standby.discard();
      throw failed;
    }
  }

  private void awaitGate() throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!gate.reached()) {
      if (ended(PAUSE)) {
        throw new IOException("a runtime ended before its program came: " + sandbox.complaint());
      }
      if (System.nanoTime() > deadline) {
        throw new IOException("a runtime was not ready within " + PATIENCE.toSeconds() + " s");
      }
    }
  }

  private boolean ended(long nanos) throws IOException {
    try {
      return sandbox.await(nanos);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", stopped);
    }
  }

  private void background(boolean low) throws IOException {
    if (sandbox.meter() instanceof Meter.ByGroup counted) {
      counted.group().background(low);
    }
  }

  private long measure() throws IOException {
    return sandbox.meter() instanceof Meter.ByGroup counted
        ? counted.group().usedBytes()
        : ProcessTree.usage(ProcessTree.of(sandbox.outer()), 0).memoryBytes();
  }

  /// Memory that it takes while it waits.
  long idleBytes() {
    return idleBytes;
  }

  /// Whether it still waits.
  boolean waits() {
    try {
      return !ended(0);
    } catch (IOException failed) {
      return false;
    }
  }

  /// Hands its program over.
  ///
  /// @throws IOException it could not take it; it must be discarded
  void hand(byte[] program) throws IOException {
    sandbox.meter().sample();
    meter = new Meter.Later(sandbox.meter(), sandbox.meter().cpuNanos());
    gate.open(program);
  }

  /// Ends one that was not handed over.
  void discard() {
    try {
      long start = System.nanoTime();
      while (!sandbox.await(PAUSE) || !sandbox.meter().gone()) {
        long waited = System.nanoTime() - start;
        if (!sandbox.meter().kill() || waited > GRACE) {
          sandbox.destroy();
        }
        if (waited > LAST_PATIENCE) {
          throw new IOException("processes of a waiting sandbox survive SIGKILL");
        }
        LockSupport.parkNanos(PAUSE / 4);
      }
      for (AutoCloseable stream : new AutoCloseable[] {stdin(), stdout(), stderr()}) {
        stream.close();
      }
      close();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (Exception failed) {
      // Its number stays out of use, as a slot does whose run did not end.
      org.slf4j.LoggerFactory.getLogger(Standby.class)
          .warn("a waiting sandbox is left behind", failed);
    }
  }

  @Override
  public InputStream stdout() {
    return sandbox.stdout();
  }

  @Override
  public InputStream stderr() {
    return sandbox.stderr();
  }

  @Override
  public OutputStream stdin() {
    return sandbox.stdin();
  }

  @Override
  public long outer() {
    return sandbox.outer();
  }

  @Override
  public Meter meter() {
    return meter;
  }

  @Override
  public boolean await(long nanos) throws IOException, InterruptedException {
    return sandbox.await(nanos);
  }

  @Override
  public void destroy() {
    sandbox.destroy();
  }

  @Override
  public StageReport report() throws IOException {
    return sandbox.report().later(meter.cpuBefore());
  }

  @Override
  public String complaint() throws IOException {
    return sandbox.complaint();
  }

  @Override
  public void close() throws IOException {
    sandbox.close();
    gate.close();
    onGone.run();
  }
}

package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.RunOrder;
import dev.quarterdeck.executions.RunResult;
import dev.quarterdeck.executions.SandboxException;
import dev.quarterdeck.executions.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/// A second user, who runs `print(1)` again and again while the hostile programs run, and must be
/// served in time.
final class UserBeside implements Runnable {
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long TOO_LATE_MILLIS = 2000;

  private final LocalSandbox sandbox;

  /// Held while the user runs a program, and by whoever needs him to run none.
  private final ReentrantLock turn = new ReentrantLock(true);

  private final List<String> wrong = new ArrayList<>();
  private volatile boolean stopped;

  // Written by the user's thread, read when it has ended.
  private int served;
  private int late;
  private long slowestMillis;

  /// Reads something of the host while the user runs nothing.
  interface Reading<T> {
    T read() throws IOException;
  }

  UserBeside(LocalSandbox sandbox) {
    this.sandbox = sandbox;
  }

  <T> T whilePaused(Reading<T> reading) throws IOException {
    turn.lock();
    try {
      return reading.read();
    } finally {
      turn.unlock();
    }
  }

  @Override
  public void run() {
    while (!stopped) {
      turn.lock();
      try {
        once();
      } finally {
        turn.unlock();
      }
      LockSupport.parkNanos(PAUSE);
    }
  }

  private void once() {
    RunOrder order =
        HostileProgram.order(
            "beside",
            "python",
            HostileProgram.bytes("print(1)"),
            List.of(),
            HostileProgram.USUAL,
            RunOrder.USUAL_COMPILE_TIME);
    long start = System.nanoTime();
    try {
      Gathered output = new Gathered();
      RunResult result = sandbox.start(order, output).await();
      if (result.verdict() != Verdict.COMPLETED || !output.stdout().equals("1\n")) {
        wrong.add("print(1) of the user beside: " + result + " " + output.stdout());
      }
    } catch (SandboxException refused) {
      wrong.add("print(1) of the user beside was refused: " + refused.getMessage());
    } catch (InterruptedException ended) {
      stopped = true;
      return;
    }
    long millis = (System.nanoTime() - start) / 1_000_000;
    slowestMillis = Math.max(slowestMillis, millis);
    served++;
    late += millis > TOO_LATE_MILLIS ? 1 : 0;
  }

  void stop() {
    stopped = true;
  }

  /// What went wrong. A machine that is busy with other work may delay one run of twenty.
  List<String> failures() {
    List<String> failures = new ArrayList<>(wrong);
    if (20 * late > served) {
      failures.add(
          late + " of " + served + " runs of the user beside took over " + TOO_LATE_MILLIS + " ms");
    }
    return failures;
  }

  int served() {
    return served;
  }

  long slowestMillis() {
    return slowestMillis;
  }
}

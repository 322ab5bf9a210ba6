package dev.quarterdeck.executions.sandbox;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;

/// Starts every process of the sandbox from one thread that lives as long as the sandbox: with
/// `--die-with-parent` a sandbox dies when the *thread* that started it ends, not when the process
/// does.
final class LaunchThread implements AutoCloseable {
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> Thread.ofPlatform().name("sandbox-launcher").daemon().unstarted(task));

  /// Starts a process. An interrupt of the caller is kept for later: a process that has been asked
  /// for must not start unnoticed.
  ///
  /// @throws IOException the host could not start it, or the sandbox is closed
  Process start(ProcessBuilder builder) throws IOException {
    return call(builder::start);
  }

  /// Starts a process with these descriptors by [Spawn].
  long start(List<String> command, Map<Integer, Integer> descriptors) throws IOException {
    return call(() -> Spawn.start(command, descriptors));
  }

  /// Starts a process by [Spawn].
  SpawnedProcess start(SpawnedProcess.Plan plan) throws IOException {
    return call(() -> SpawnedProcess.start(plan));
  }

  private <T> T call(Callable<T> starting) throws IOException {
    Future<T> start;
    try {
      start = thread.submit(starting);
    } catch (RejectedExecutionException closed) {
      throw new IOException("the sandbox is closed", closed);
    }
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return start.get();
        } catch (InterruptedException later) {
          interrupted = true;
        } catch (ExecutionException failed) {
          if (failed.getCause() instanceof IOException cause) {
            throw cause;
          }
          throw new IOException("could not start a process", failed.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// Ends the thread. Sandboxes that still run die with it.
  @Override
  public void close() {
    thread.shutdown();
  }
}

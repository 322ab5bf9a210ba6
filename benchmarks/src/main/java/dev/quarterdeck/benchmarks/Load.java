package dev.quarterdeck.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/// A closed loop: each client starts its next run when the last one has ended.
final class Load {
  private Load() {}

  /// Runs the action so often with so many clients at once. Any failure ends the measurement.
  static Timings measure(int clients, int runs, Action action) throws InterruptedException {
    long[] times = new long[runs];
    AtomicInteger next = new AtomicInteger();
    long start = System.nanoTime();
    try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
      List<Future<?>> loops = new ArrayList<>();
      for (int client = 0; client < clients; client++) {
        loops.add(
            threads.submit(
                () -> {
                  for (int run; (run = next.getAndIncrement()) < runs; ) {
                    long from = System.nanoTime();
                    action.run();
                    times[run] = System.nanoTime() - from;
                  }
                  return null;
                }));
      }
      for (Future<?> loop : loops) {
        loop.get();
      }
    } catch (ExecutionException failure) {
      throw new IllegalStateException("the measurement is void: " + failure.getCause(), failure);
    }
    return Timings.of(times, System.nanoTime() - start);
  }

  /// One client that waits for something before each run, which is not counted.
  static Timings measureAlone(int runs, Action before, Action action) throws InterruptedException {
    long[] times = new long[runs];
    long start = System.nanoTime();
    try {
      for (int run = 0; run < runs; run++) {
        before.run();
        long from = System.nanoTime();
        action.run();
        times[run] = System.nanoTime() - from;
      }
    } catch (IOException failure) {
      throw new IllegalStateException("the measurement is void: " + failure, failure);
    }
    return Timings.of(times, System.nanoTime() - start);
  }

  interface Action {
    void run() throws IOException, InterruptedException;
  }
}

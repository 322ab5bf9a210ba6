package dev.quarterdeck.benchmarks;

import dev.quarterdeck.executions.RunLimits;
import dev.quarterdeck.executions.RunOrder;
import dev.quarterdeck.executions.RunResult;
import dev.quarterdeck.executions.SandboxException;
import dev.quarterdeck.executions.Verdict;
import dev.quarterdeck.executions.sandbox.LocalSandbox;
import dev.quarterdeck.executions.sandbox.LocalSandboxSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// Many runs in one sandbox, good ones and bad ones, four at a time: whatever leaks shows.
final class SoakExecutions {
  private static final int WARM = 200;
  private static final int AT_ONCE = 4;

  /// Places with a sandbox got ready ahead; the other runs start cold.
  private static final int AHEAD = 2;

  private static final RunLimits LIMITS =
      new RunLimits(
          Duration.ofSeconds(20),
          Duration.ofSeconds(10),
          128L << 20,
          2000,
          32,
          8 << 20,
          16 << 20,
          500,
          64 << 10);

  /// A kind of run and the verdict it must have.
  private record Kind(String language, String source, Verdict verdict) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind("python", "print('hello')", Verdict.COMPLETED),
          new Kind("bash", "echo hello", Verdict.COMPLETED),
          new Kind("bash", "setsid sleep 600 & echo left", Verdict.COMPLETED),
          new Kind("bash", "kill -9 $$", Verdict.SIGNALLED),
          new Kind(
              "python",
              "import os; open('/tmp/f', 'w').write('x' * 9999); os._exit(3)",
              Verdict.FAILED),
          new Kind(
              "bash",
              "while :; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done",
              Verdict.OUTPUT_LIMIT));

  private SoakExecutions() {}

  public static void main(String[] arguments) throws Exception {
    int runs = Integer.parseInt(arguments[0]);
    Path directory = Files.createTempDirectory("quarterdeck-soak");
    LocalSandboxSettings settings =
        LocalSandboxSettings.of(directory.resolve("sandbox"), "L2", AT_ONCE).withZygotes(AHEAD);
    boolean same;
    try (LocalSandbox sandbox = LocalSandbox.open(settings)) {
      System.out.println("sandbox level " + sandbox.report().level());
      run(sandbox, WARM);
      Held before = Held.now(directory);
      long start = System.nanoTime();
      run(sandbox, runs);
      double seconds = (System.nanoTime() - start) / 1e9;
      Held after = Held.settled(directory, before);
      System.out.printf("%d runs in %.0f s, each with the verdict it must have%n", runs, seconds);
      System.out.println("before  " + before);
      System.out.println("after   " + after);
      same = after.within(before);
    }
    try (Stream<Path> left = Files.walk(directory)) {
      System.out.println("left when closed: " + left.skip(1).map(directory::relativize).toList());
    }
    System.out.println(same ? "nothing leaked" : "SOMETHING LEAKED");
    System.exit(same ? 0 : 1);
  }

  private static void run(LocalSandbox sandbox, int runs)
      throws ExecutionException, InterruptedException {
    AtomicInteger next = new AtomicInteger();
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<?>> workers = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        workers.add(
            threads.submit(
                () -> {
                  for (int n = next.getAndIncrement(); n < runs; n = next.getAndIncrement()) {
                    once(sandbox, KINDS.get(n % KINDS.size()), n);
                  }
                  return null;
                }));
      }
      for (Future<?> worker : workers) {
        worker.get();
      }
    }
  }

  private static void once(LocalSandbox sandbox, Kind kind, int number)
      throws SandboxException, InterruptedException {
    RunOrder order =
        new RunOrder(
            "soak-" + number,
            kind.language(),
            "",
            kind.source().getBytes(StandardCharsets.UTF_8),
            List.of(),
            new byte[0],
            LIMITS);
    RunResult result = sandbox.start(order, (stderr, bytes, offset, length) -> {}).await();
    if (result.verdict() != kind.verdict()) {
      throw new IllegalStateException("run " + number + " of " + kind + " ended with " + result);
    }
  }
}

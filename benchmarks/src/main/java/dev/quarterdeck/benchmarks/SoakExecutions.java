package dev.quarterdeck.benchmarks;

import dev.quarterdeck.executions.FilesOut;
import dev.quarterdeck.executions.RunLimits;
import dev.quarterdeck.executions.RunOrder;
import dev.quarterdeck.executions.RunResult;
import dev.quarterdeck.executions.Sandbox;
import dev.quarterdeck.executions.SandboxException;
import dev.quarterdeck.executions.SourceFile;
import dev.quarterdeck.executions.Verdict;
import dev.quarterdeck.executions.sandbox.LocalSandbox;
import dev.quarterdeck.executions.sandbox.LocalSandboxSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// Many runs in one sandbox, good ones and bad ones, four at a time and the last tenth one by one:
/// whatever leaks shows.
final class SoakExecutions {
  private static final int WARM = 200;
  private static final int AT_ONCE = 4;

  /// Sandboxes got ready ahead, and started runtimes that wait; the other runs start cold.
  private static final int AHEAD = 2;

  private static final long RUNTIME_BYTES = 400L << 20;

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

  /// What comes to a run from outside.
  private enum Way {
    ALONE,
    WITH_FILES,
    INTERACTIVE,
    CANCELLED
  }

  /// A kind of run and the verdict it must have.
  private record Kind(String language, String source, Verdict verdict, Way way) {
    Kind(String language, String source, Verdict verdict) {
      this(language, source, verdict, Way.ALONE);
    }
  }

  private static final List<Kind> KINDS =
      List.of(
          new Kind("python", "print('hello')", Verdict.COMPLETED),
          new Kind("bash", "echo hello", Verdict.COMPLETED),
          new Kind("bash", "setsid sleep 600 & echo left", Verdict.COMPLETED),
          new Kind("bash", "kill -9 $$", Verdict.SIGNALLED),
          new Kind("node", "console.log('hello')", Verdict.COMPLETED),
          new Kind(
              "python",
              "import helper; open('out', 'w').write(helper.TEXT)",
              Verdict.COMPLETED,
              Way.WITH_FILES),
          new Kind(
              "bash",
              "read line; test \"$line\" = first; kill -0 $$; cat",
              Verdict.COMPLETED,
              Way.INTERACTIVE),
          new Kind(
              "python",
              "import time; print('up', flush=True); time.sleep(600)",
              Verdict.CANCELLED,
              Way.CANCELLED),
          new Kind("c", "int main(void) { return 3; }", Verdict.FAILED),
          new Kind("c", "int main(void) { return x; }", Verdict.COMPILE_ERROR),
          new Kind("node", "setInterval(() => {}, 1000)", Verdict.CANCELLED, Way.CANCELLED),
          new Kind(
              "java",
              "public class Main { public static void main(String[] a) {"
                  + " System.out.println(\"hello\"); } }",
              Verdict.COMPLETED),
          new Kind(
              "python",
              "import os; open('/tmp/f', 'w').write('x' * 9999); os._exit(3)",
              Verdict.FAILED),
          new Kind(
              "bash",
              "while :; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done",
              Verdict.OUTPUT_LIMIT),
          new Kind("node", "process.kill(process.pid, 'SIGKILL')", Verdict.SIGNALLED));

  private static final byte[] HELPER = "TEXT = 'out'\n".getBytes(StandardCharsets.UTF_8);

  private SoakExecutions() {}

  public static void main(String[] arguments) throws Exception {
    int runs = Integer.parseInt(arguments[0]);
    Path directory = Files.createTempDirectory("quarterdeck-soak");
    LocalSandboxSettings settings =
        LocalSandboxSettings.of(directory.resolve("sandbox"), "L2", AT_ONCE)
            .withZygotes(AHEAD)
            .withRuntimes(AHEAD, RUNTIME_BYTES);
    boolean same;
    try (LocalSandbox sandbox = LocalSandbox.open(settings)) {
      System.out.println("sandbox level " + sandbox.report().level());
      run(sandbox, WARM, AT_ONCE);
      awaitRuntimes(sandbox);
      Held before = Held.now(directory);
      long start = System.nanoTime();
      run(sandbox, runs - runs / 10, AT_ONCE);
      // With a processor free runtimes are started ahead.
      run(sandbox, runs / 10, 1);
      double seconds = (System.nanoTime() - start) / 1e9;
      Held after = Held.settled(directory, before);
      System.out.printf("%d runs in %.0f s, each with the verdict it must have%n", runs, seconds);
      System.out.println("slots in use " + sandbox.places().size() + ", " + sandbox.counters());
      System.out.println("before  " + before);
      System.out.println("after   " + after);
      same = after.within(before) && sandbox.places().isEmpty();
    }
    try (Stream<Path> left = Files.walk(directory)) {
      System.out.println("left when closed: " + left.skip(1).map(directory::relativize).toList());
    }
    System.out.println(same ? "nothing leaked" : "SOMETHING LEAKED");
    System.exit(same ? 0 : 1);
  }

  /// Lets as many runtimes wait as there may be, so that no more can be there afterwards.
  private static void awaitRuntimes(LocalSandbox sandbox)
      throws ExecutionException, InterruptedException {
    sandbox.awaitReady();
    while (waiting(sandbox) < AHEAD) {
      run(sandbox, KINDS.size(), 1);
      sandbox.awaitReady();
    }
  }

  private static long waiting(LocalSandbox sandbox) {
    return sandbox.counters().entrySet().stream()
        .filter(each -> each.getKey().endsWith("_waiting"))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private static void run(LocalSandbox sandbox, int runs, int atOnce)
      throws ExecutionException, InterruptedException {
    AtomicInteger next = new AtomicInteger();
    try (ExecutorService threads = Executors.newFixedThreadPool(atOnce)) {
      List<Future<?>> workers = new ArrayList<>();
      for (int i = 0; i < atOnce; i++) {
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
    boolean files = kind.way() == Way.WITH_FILES;
    RunOrder order =
        new RunOrder(
            "soak-" + number,
            kind.language(),
            "",
            kind.source().getBytes(StandardCharsets.UTF_8),
            files ? List.of(new SourceFile("helper.py", HELPER)) : List.of(),
            List.of(),
            new byte[0],
            Map.of(),
            RunOrder.USUAL_COMPILE_TIME,
            LIMITS,
            files ? new FilesOut(List.of("out"), 1, 1 << 20) : FilesOut.NONE,
            kind.way() == Way.INTERACTIVE,
            "");
    Sandbox.Run run = sandbox.start(order, (stderr, bytes, offset, length) -> {});
    switch (kind.way()) {
      case ALONE, WITH_FILES -> {}
      case INTERACTIVE -> {
        run.stdin("first\nsecond\n".getBytes(StandardCharsets.UTF_8));
        run.closeStdin();
      }
      case CANCELLED -> {
        // Sometimes before it runs, sometimes after.
        LockSupport.parkNanos(number % 50 * 1_000_000L);
        run.cancel();
      }
    }
    RunResult result = run.await();
    if (result.files().files().size() != (files ? 1 : 0)) {
      throw new IllegalStateException("run " + number + " of " + kind + " gave " + result.files());
    }
    if (result.verdict() != kind.verdict()) {
      throw new IllegalStateException("run " + number + " of " + kind + " ended with " + result);
    }
  }
}

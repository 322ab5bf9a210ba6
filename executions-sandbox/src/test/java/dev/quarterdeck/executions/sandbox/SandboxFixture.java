package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.RunLimits;
import dev.quarterdeck.executions.RunOrder;
import dev.quarterdeck.executions.RunResult;
import dev.quarterdeck.executions.Sandbox;
import dev.quarterdeck.executions.SandboxException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Opens the sandbox of this machine for tests and runs programs in it.
final class SandboxFixture implements AutoCloseable {
  static final long MEMORY = 128L << 20;

  static final RunLimits LIMITS =
      new RunLimits(
          Duration.ofSeconds(20),
          Duration.ofSeconds(10),
          MEMORY,
          2000,
          64,
          16 << 20,
          32 << 20,
          2000,
          1 << 20);

  private static final Set<LocalSandbox> OPEN = ConcurrentHashMap.newKeySet();

  final LocalSandbox sandbox;

  /// What a program wrote and how it ended.
  record Outcome(RunResult result, byte[] stdoutBytes, byte[] stderrBytes) {
    String stdout() {
      return new String(stdoutBytes, StandardCharsets.UTF_8);
    }

    String stderr() {
      return new String(stderrBytes, StandardCharsets.UTF_8);
    }
  }

  /// Gathers output.
  static final class Gathered implements Sandbox.Output {
    final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    final ByteArrayOutputStream stderr = new ByteArrayOutputStream();

    @Override
    public synchronized void write(boolean isStderr, byte[] bytes, int offset, int length) {
      (isStderr ? stderr : stdout).write(bytes, offset, length);
      notifyAll();
    }

    /// Waits until the program has written something.
    synchronized void awaitStdout(String text) {
      long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (!stdout.toString(StandardCharsets.UTF_8).contains(text)) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError("not written: " + text + ", but: " + stdout);
        }
        try {
          wait(100);
        } catch (InterruptedException stopped) {
          throw new AssertionError("interrupted", stopped);
        }
      }
    }
  }

  SandboxFixture(Path directory) {
    this(LocalSandboxSettings.of(directory, "L2", 8).withZygotes(2));
  }

  /// One with sandboxes that are ready.
  static SandboxFixture ahead(Path directory) {
    return new SandboxFixture(
        LocalSandboxSettings.of(directory.resolve("a"), "L2", 4).withZygotes(2));
  }

  /// One that starts all cold, with user ids of its own, to compare another with.
  static SandboxFixture beside(Path directory) {
    return new SandboxFixture(
        LocalSandboxSettings.of(directory.resolve("b"), "L2", 4).withFirstUserId(60_700));
  }

  SandboxFixture(LocalSandboxSettings settings) {
    this(LocalSandbox.open(settings));
  }

  SandboxFixture(LocalSandbox opened) {
    sandbox = opened;
    if (!sandbox.report().mayRun()) {
      throw new AssertionError("this machine cannot run the tests: " + sandbox.report());
    }
    OPEN.add(sandbox);
  }

  /// Processes that wait for the next run, of all open sandboxes, when every one is ready.
  static List<Long> idleProcesses() {
    return OPEN.stream().flatMap(open -> open.idleProcesses().stream()).toList();
  }

  /// How many processes runs have now.
  static long processes() {
    List<Long> idle = idleProcesses();
    return ProcessHandle.current()
        .descendants()
        .filter(process -> !idle.contains(process.pid()))
        .count();
  }

  static RunOrder order(String language, String source, RunLimits limits) {
    return new RunOrder(
        "test",
        language,
        "",
        source.getBytes(StandardCharsets.UTF_8),
        List.of(),
        new byte[0],
        limits);
  }

  Outcome run(String language, String source) throws SandboxException {
    return run(order(language, source, LIMITS));
  }

  Outcome run(RunOrder order) throws SandboxException {
    Gathered output = new Gathered();
    RunResult result = await(sandbox.start(order, output));
    return new Outcome(result, output.stdout.toByteArray(), output.stderr.toByteArray());
  }

  /// Waits for a run; a test has nobody to interrupt it.
  static RunResult await(Sandbox.Run run) {
    try {
      return run.await();
    } catch (InterruptedException stopped) {
      throw new AssertionError("interrupted", stopped);
    }
  }

  @Override
  public void close() {
    OPEN.remove(sandbox);
    sandbox.close();
  }
}

package dev.quarterdeck.benchmarks;

import dev.quarterdeck.executions.RunLimits;
import dev.quarterdeck.executions.RunOrder;
import dev.quarterdeck.executions.RunResult;
import dev.quarterdeck.executions.SandboxException;
import dev.quarterdeck.executions.Verdict;
import dev.quarterdeck.executions.sandbox.LocalSandbox;
import dev.quarterdeck.executions.sandbox.LocalSandboxSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/// Our sandbox in this process, without HTTP, store and queue: as many at once as the server runs.
final class SandboxAlone implements AutoCloseable {
  private static final RunLimits LIMITS =
      new RunLimits(
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          1L << 30,
          2000,
          64,
          64L << 20,
          64L << 20,
          4096,
          1 << 20);

  /// What the server's usual 200 MiB leave to runtimes on two processors.
  private static final long RUNTIME_BYTES = 104L << 20;

  private final Path directory;
  private final LocalSandbox sandbox;
  private final Semaphore slots;
  private final AtomicLong firstBytes = new AtomicLong();
  private final AtomicLong runs = new AtomicLong();

  SandboxAlone(Path directory, int slots, int ready) {
    this.directory = directory.resolve("sandbox-" + ready);
    LocalSandboxSettings settings =
        LocalSandboxSettings.of(this.directory, "L2", slots)
            .withFirstUserId(LocalSandboxSettings.DEFAULT_FIRST_USER_ID + 100 + 50 * (ready & 1))
            .withMemoryBytes(1L << 30)
            .withZygotes(ready)
            .withRuntimes(ready, RUNTIME_BYTES);
    this.sandbox = LocalSandbox.open(settings);
    this.slots = new Semaphore(slots);
    sandbox.awaitReady();
  }

  /// Its work directory.
  Path directory() {
    return directory;
  }

  /// Waits until what is used waits again.
  void awaitReady() {
    sandbox.awaitReady();
  }

  /// Memory of the runtimes that wait, bytes.
  long idleBytes() {
    return sandbox.counters().getOrDefault("sandbox_runtimes_idle_memory_bytes", 0L);
  }

  String level() {
    return sandbox.report().level();
  }

  void run(HelloWorld hello) throws IOException, InterruptedException {
    slots.acquire();
    try {
      ByteArrayOutputStream output = new ByteArrayOutputStream();
      RunOrder order =
          new RunOrder(
              "benchmark",
              hello.language(),
              "",
              hello.source().getBytes(StandardCharsets.UTF_8),
              List.of(),
              new byte[0],
              LIMITS);
      long from = System.nanoTime();
      RunResult result =
          sandbox
              .start(
                  order,
                  (stderr, bytes, offset, length) -> {
                    if (output.size() == 0) {
                      firstBytes.addAndGet(System.nanoTime() - from);
                      runs.incrementAndGet();
                    }
                    output.write(bytes, offset, length);
                  })
              .await();
      if (result.verdict() != Verdict.COMPLETED
          || !output.toString(StandardCharsets.UTF_8).equals("hello\n")) {
        throw new IOException(hello.language() + ": " + result + " " + output);
      }
    } catch (SandboxException failed) {
      throw new IOException(failed);
    } finally {
      slots.release();
    }
  }

  /// Mean time to the first byte of output since the last call.
  double firstByteMillis() {
    return firstBytes.getAndSet(0) / 1e6 / Math.max(1, runs.getAndSet(0));
  }

  @Override
  public void close() {
    sandbox.close();
  }
}

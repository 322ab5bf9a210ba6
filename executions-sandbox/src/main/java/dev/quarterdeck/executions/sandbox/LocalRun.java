package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.Compilation;
import dev.quarterdeck.executions.RunLimits;
import dev.quarterdeck.executions.RunResult;
import dev.quarterdeck.executions.Sandbox;
import dev.quarterdeck.executions.Verdict;
import dev.quarterdeck.executions.sandbox.Judgement.KillReason;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A program that runs: its streams, its limits of time, its end.
final class LocalRun implements Sandbox.Run {
  private static final Logger LOG = LoggerFactory.getLogger(LocalRun.class);
  private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(2);
  private static final long COLLECTION_TIME = TimeUnit.SECONDS.toNanos(5);
  private static final long OUTER_GRACE = TimeUnit.MILLISECONDS.toNanos(100);

  private final Task task;
  private final String level;
  private final Enclosure enclosure;
  private final Meter meter;
  private final FileWatch disk;
  private final OutputPump pump;
  private final Runnable onEnd;
  private final long started = System.nanoTime();
  private final CompletableFuture<RunResult> result = new CompletableFuture<>();

  /// When the current part began: the compiler, then the program.
  private long partStarted = started;

  private long partCpu;

  /// When the program was seen to have ended while its files are collected, and what it had used.
  private Optional<Used> ended = Optional.empty();

  private record Used(long at, long cpuNanos) {}

  private final CompilerPhase compiler;
  private final ProgramInput input = new ProgramInput();

  private volatile Optional<KillReason> killed = Optional.empty();
  private long firstKill;

  /// Whether something of it was left when it ended, and it has its slot therefore.
  private volatile boolean stuck;

  /// Set before the enclosure is closed: what is in its place from then on belongs to others.
  private boolean over;

  /// @param onEnd frees the slot; called once, when nothing of the run is left
  LocalRun(Task task, String level, Enclosure enclosure, Sandbox.Output output, Runnable onEnd) {
    this.task = task;
    this.level = level;
    this.enclosure = enclosure;
    this.meter = enclosure.meter();
    this.pump = new OutputPump(output, task.limits().outputBytes(), () -> kill(KillReason.OUTPUT));
    this.disk = enclosure.files(task);
    this.onEnd = onEnd;
    this.compiler = new CompilerPhase(!task.compile().isEmpty());
  }

  /// Starts the threads that serve it. When the host has no more threads it ends at once.
  void serve(Executor threads) {
    try {
      start(threads);
    } catch (RejectedExecutionException | OutOfMemoryError none) {
      result.complete(abandon(none));
    }
  }

  private void start(Executor threads) {
    CompletableFuture<Void> stdout =
        CompletableFuture.runAsync(() -> pump.drainStdout(enclosure.stdout()), threads);
    CompletableFuture<Void> stderr =
        CompletableFuture.runAsync(() -> pump.drainStderr(enclosure.stderr(), compiler), threads);
    if (task.stdin().length == 0 && compiler.over() && !task.interactive()) {
      feed();
    } else {
      threads.execute(this::feed);
    }
    threads.execute(() -> supervise(CompletableFuture.allOf(stdout, stderr)));
  }

  /// Gives the stage the signal to begin with the program after its compiler, and the program its
  /// input.
  private void feed() {
    try (OutputStream stdin = enclosure.stdin()) {
      if (!task.compile().isEmpty()) {
        if (!compiler.awaitProgram()) {
          return;
        }
        pump.compiled(compiler.outputBytes());
        stdin.write('\n');
      }
      stdin.write(task.stdin());
      if (task.interactive()) {
        input.passOn(stdin);
      }
    } catch (IOException closed) {
      // The program ended or closed its input without reading all of it.
      LOG.trace("{}: input not read to its end", task.id(), closed);
    }
  }

  private void supervise(CompletableFuture<Void> drained) {
    try {
      watch();
      input.end();
      compiler.end(false, meter.cpuNanos());
      long end = ended.map(Used::at).orElseGet(System::nanoTime);
      Duration wall = Duration.ofNanos(end - partStarted);
      awaitEmpty();
      drained.join();
      result.complete(finish(wall));
    } catch (IOException | InterruptedException | RuntimeException | Error failed) {
      // Whatever failed, nothing may be left running, and whoever waits must hear of it.
      result.complete(abandon(failed));
    }
  }

  private void watch() throws IOException, InterruptedException {
    long pause = meter instanceof Meter.ByGroup ? 4 * SHORTEST_PAUSE : SHORTEST_PAUSE;
    while (!enclosure.await(pause)) {
      meter.sample();
      if (killed.isPresent()) {
        killAgain();
        pause = SHORTEST_PAUSE;
        continue;
      }
      noticeEndOfCompiler();
      if (task.out().any() && collecting()) {
        continue;
      }
      boolean compiling = !compiler.over();
      RunLimits limits = task.limits();
      long wallLeft =
          (compiling ? task.compileTime() : limits.wallTime()).toNanos()
              - (System.nanoTime() - partStarted);
      long cpuLeft =
          (compiling ? task.compileTime() : limits.cpuTime()).toNanos()
              - (meter.cpuNanos() - partCpu);
      disk.sample();
      if (meter.overMemory()) {
        kill(KillReason.MEMORY);
      } else if (disk.mostFiles() > limits.files()) {
        kill(KillReason.FILES);
      } else if (disk.overBytes()) {
        kill(KillReason.DISK);
      } else if (meter.mostProcesses() > limits.processes()) {
        kill(KillReason.PROCESSES);
      } else if (cpuLeft <= 0) {
        kill(KillReason.CPU_TIME);
      } else if (wallLeft <= 0) {
        kill(KillReason.WALL_TIME);
      }
      long longest = compiling ? 5 * SHORTEST_PAUSE : LONGEST_PAUSE;
      if (meter.mustLookOften() || task.out().any()) {
        longest = 5 * SHORTEST_PAUSE;
      }
      int processors = Runtime.getRuntime().availableProcessors();
      pause = Math.min(longest, Math.min(wallLeft, cpuLeft / processors));
      pause = Math.max(SHORTEST_PAUSE, pause);
    }
  }

  private void noticeEndOfCompiler() throws IOException {
    if (compiler.over()) {
      return;
    }
    StageReport report = enclosure.report();
    Optional<StageReport.End> end = report.compile();
    boolean kept = task.keeper().isEmpty() || report.built().isPresent();
    if (end.isPresent() && (kept || end.get().number() != 0)) {
      boolean begins = end.get().number() == 0;
      long cpu = meter.cpuNanos();
      if (begins) {
        partStarted = System.nanoTime();
        partCpu = cpu;
      }
      compiler.end(begins, cpu);
    }
  }

  /// Whether the program has ended and its files are being collected, which has a time of its own.
  private boolean collecting() throws IOException {
    if (ended.isEmpty() && enclosure.report().run().isPresent()) {
      ended = Optional.of(new Used(System.nanoTime(), meter.cpuNanos()));
    }
    if (ended.isPresent() && System.nanoTime() - ended.get().at() > COLLECTION_TIME) {
      kill(KillReason.WALL_TIME);
    }
    return ended.isPresent();
  }

  private synchronized void kill(KillReason reason) {
    if (killed.isEmpty() && !over) {
      killed = Optional.of(reason);
      try {
        killAgain();
      } catch (IOException failed) {
        LOG.warn("{}: killing the outer process, its group cannot be read", task.id(), failed);
        enclosure.destroy();
      }
    }
  }

  /// Kills what is inside; the outer bubblewrap only when nothing is inside or it does not end.
  private synchronized void killAgain() throws IOException {
    long now = System.nanoTime();
    if (firstKill == 0) {
      firstKill = now;
    }
    if (!meter.kill() || now - firstKill > OUTER_GRACE) {
      enclosure.destroy();
    }
  }

  private void awaitEmpty() throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    while (!meter.gone()) {
      meter.kill();
      if (System.nanoTime() > deadline) {
        throw new IOException("processes of the run survive SIGKILL");
      }
      LockSupport.parkNanos(SHORTEST_PAUSE / 4);
    }
  }

  private RunResult finish(Duration wall) throws IOException {
    disk.end();
    StageReport report = enclosure.report();
    long cpuNanos = ended.isPresent() ? ended.get().cpuNanos() : meter.cpuNanos();
    Duration cpu = Duration.ofNanos(Math.max(0, cpuNanos - partCpu));
    if (report.cpuTime().compareTo(cpu) > 0) {
      cpu = report.cpuTime();
    }
    long peak = meter.peakBytes();
    Judgement judgement =
        Judgement.of(
            new Judgement.Facts(
                killed,
                report,
                task.limits(),
                task.compile().isEmpty() ? Duration.ZERO : task.compileTime(),
                wall,
                cpu,
                peak,
                meter.oomKills(),
                meter.refusedForks(),
                meter.mostProcesses(),
                disk.mostFiles(),
                disk.mostBytes(),
                disk.wasFull(),
                pump.truncated(false) || pump.truncated(true),
                meter.name(),
                enclosure.complaint()));
    Optional<Compilation> compilation = compiler.result(report.compile());
    Transferred transferred = enclosure.transferred(task);
    if (task.keeper().isPresent() && transferred.build().isPresent() && compilation.isPresent()) {
      task.keeper().get().keep(transferred.build().get(), compilation.get());
    }
    close();
    if (pump.failure() != null) {
      return failure(new IOException("the receiver of the output failed", pump.failure()));
    }
    return new RunResult(
        judgement.verdict(),
        judgement.exitCode(),
        judgement.signal(),
        wall,
        cpu,
        peak,
        compilation.or(() -> task.prebuilt().flatMap(Task.Prebuilt::how)),
        pump.truncated(false),
        pump.truncated(true),
        transferred.files(),
        judgement.evidence(),
        level);
  }

  /// Ends a run whose supervision failed. Its slot is given back only when all its processes are
  /// gone.
  private RunResult abandon(Throwable failed) {
    LOG.error("{}: the sandbox failed", task.id(), failed);
    input.end();
    compiler.end(false, 0);
    try {
      meter.kill();
      enclosure.destroy();
      awaitEmpty();
      close();
    } catch (IOException again) {
      failed.addSuppressed(again);
      stuck = true;
      LOG.error(
          "{}: something of it is left, so its slot stays out of use; tried again every minute",
          task.id(),
          again);
    }
    return failure(failed);
  }

  /// Frees the slot of one that ended while something of it was left, when that is gone now.
  synchronized void reclaim() {
    try {
      if (stuck) {
        meter.kill();
        if (meter.gone()) {
          close();
          stuck = false;
          LOG.info("{}: nothing of it is left now, its slot is free again", task.id());
        }
      }
    } catch (IOException still) {
      LOG.warn("{}: something of it is still left; its slot is out of use", task.id(), still);
    }
  }

  private void close() throws IOException {
    synchronized (this) {
      over = true;
    }
    enclosure.close();
    onEnd.run();
  }

  private RunResult failure(Throwable failed) {
    return new RunResult(
        Verdict.SANDBOX_ERROR,
        OptionalInt.empty(),
        OptionalInt.empty(),
        Duration.ofNanos(System.nanoTime() - started),
        Duration.ZERO,
        0,
        Optional.empty(),
        pump.truncated(false),
        pump.truncated(true),
        failed.toString(),
        level);
  }

  @Override
  public Accepted stdin(byte[] bytes) {
    return task.interactive() ? input.offer(bytes) : Accepted.CLOSED;
  }

  @Override
  public void closeStdin() {
    input.close();
  }

  @Override
  public synchronized boolean signal(int number) {
    return compiler.over()
        && !over
        && enclosure.program().map(program -> Signals.send(program, number)).orElse(false);
  }

  @Override
  public void cancel() {
    kill(KillReason.CANCELLED);
  }

  /// Ends it because the sandbox is closed.
  void shutDown() {
    kill(KillReason.CLOSED);
  }

  @Override
  public RunResult await() throws InterruptedException {
    try {
      return result.get();
    } catch (ExecutionException failed) {
      throw new IllegalStateException("a run must always have a result", failed);
    }
  }
}

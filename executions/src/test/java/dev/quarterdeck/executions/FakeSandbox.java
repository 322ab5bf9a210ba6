package dev.quarterdeck.executions;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A sandbox whose programs are written in Java: a source text names one.
public final class FakeSandbox implements Sandbox {
  /// A source text that the sandbox itself breaks on.
  public static final String FAULT = "fault";

  /// A source text that makes the sandbox interrupt who starts it.
  public static final String INTERRUPT = "interrupt";

  private final Map<String, Program> programs = new ConcurrentHashMap<>();
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger started = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final Set<String> places = ConcurrentHashMap.newKeySet();
  private final Set<String> kept = ConcurrentHashMap.newKeySet();
  private volatile boolean dead;
  private volatile SandboxReport report = new SandboxReport("L3", true, List.of());

  /// What a source text does.
  @FunctionalInterface
  public interface Program {
    RunResult run(Process process) throws Exception;
  }

  /// Has a source text do something.
  public FakeSandbox program(String source, Program program) {
    programs.put(source, program);
    return this;
  }

  void report(SandboxReport value) {
    report = value;
  }

  /// From now on nothing that runs comes back, as when the process is killed.
  void forget() {
    dead = true;
  }

  public int running() {
    return running.get();
  }

  public int started() {
    return started.get();
  }

  public int most() {
    return most.get();
  }

  public static RunResult ended(Verdict verdict, int exitCode) {
    boolean exited = verdict == Verdict.COMPLETED || verdict == Verdict.FAILED;
    return new RunResult(
        verdict,
        exited ? OptionalInt.of(exitCode) : OptionalInt.empty(),
        exited ? OptionalInt.empty() : OptionalInt.of(9),
        Duration.ofMillis(120),
        Duration.ofMillis(30),
        4_096_000,
        Optional.empty(),
        false,
        false,
        "scripted",
        "L3");
  }

  @Override
  public SandboxReport report() {
    return report;
  }

  @Override
  public List<Language> languages() {
    return List.of(
        new Language(
            "python",
            List.of("3.11", "3.12"),
            "py",
            "print('hello')",
            List.of("py"),
            1 << 20,
            1,
            ""),
        new Language("bash", List.of("5.2"), "sh", "echo hello", List.of(), 1 << 20, 1, ""),
        new Language(
            "ruby",
            List.of(),
            "rb",
            "puts 'hello'",
            List.of(),
            1 << 20,
            1,
            "ruby is not installed"));
  }

  @Override
  public Run start(RunOrder order, Output output) throws SandboxException {
    String source = new String(order.source(), StandardCharsets.UTF_8);
    if (source.equals(FAULT)) {
      throw new AssertionError("a fault of the sandbox");
    }
    if (source.equals(INTERRUPT)) {
      Thread.currentThread().interrupt();
      throw new SandboxException("interrupted");
    }
    Program program = programs.get(source);
    if (program == null) {
      throw new SandboxException("no such program: " + source);
    }
    places.add(order.id());
    started.incrementAndGet();
    most.accumulateAndGet(running.incrementAndGet(), Math::max);
    Process process = new Process(order, output);
    Thread.ofVirtual().start(() -> process.run(program));
    return process;
  }

  @Override
  public Set<String> places() {
    return Set.copyOf(places);
  }

  @Override
  public void reclaim() {
    places.removeIf(id -> running() == 0 && !kept.contains(id));
  }

  /// Lets a run keep its place when it has ended, or no longer.
  void keepPlace(String id, boolean keep) {
    if (keep) {
      kept.add(id);
    } else {
      kept.remove(id);
    }
  }

  @Override
  public void close() {}

  /// A program that runs.
  public final class Process implements Run {
    private final RunOrder order;
    private final Output output;
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private final CompletableFuture<RunResult> result = new CompletableFuture<>();

    private Process(RunOrder order, Output output) {
      this.order = order;
      this.output = output;
    }

    public RunOrder order() {
      return order;
    }

    public void out(String text) {
      write(false, text.getBytes(StandardCharsets.UTF_8));
    }

    public void err(String text) {
      write(true, text.getBytes(StandardCharsets.UTF_8));
    }

    public void write(boolean stderr, byte[] bytes) {
      output.write(stderr, bytes, 0, bytes.length);
    }

    /// Waits until the run is cancelled, as a program that sleeps for ever.
    public RunResult sleepForever() throws InterruptedException {
      if (!cancelled.await(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nobody cancelled the run");
      }
      return ended(Verdict.CANCELLED, 0);
    }

    /// Waits for the latch, or for the cancellation.
    public RunResult until(CountDownLatch latch) throws InterruptedException {
      while (!latch.await(1, TimeUnit.MILLISECONDS)) {
        if (cancelled.getCount() == 0) {
          return ended(Verdict.CANCELLED, 0);
        }
      }
      return ended(Verdict.COMPLETED, 0);
    }

    private void run(Program program) {
      @Nullable RunResult end = null;
      Throwable failure = new AssertionError("no end");
      try {
        end = program.run(this);
      } catch (Throwable fault) {
        failure = fault;
      }
      running.decrementAndGet();
      if (!kept.contains(order.id())) {
        places.remove(order.id());
      }
      if (end == null) {
        result.completeExceptionally(failure);
      } else if (!dead) {
        result.complete(end);
      }
    }

    @Override
    public void cancel() {
      cancelled.countDown();
    }

    @Override
    public RunResult await() throws InterruptedException {
      return result.join();
    }
  }
}

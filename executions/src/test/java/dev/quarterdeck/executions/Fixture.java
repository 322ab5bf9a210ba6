package dev.quarterdeck.executions;

import dev.quarterdeck.events.DeadLetters;
import dev.quarterdeck.events.DeliveryMode;
import dev.quarterdeck.events.DlqSettings;
import dev.quarterdeck.events.EventOrigin;
import dev.quarterdeck.events.HandlerRunner;
import dev.quarterdeck.events.KafkaSettings;
import dev.quarterdeck.events.TimerThread;
import dev.quarterdeck.executions.ExecutionSettings.Backend;
import dev.quarterdeck.executions.ExecutionSettings.SandboxLevel;
import dev.quarterdeck.settings.units.ByteSize;
import dev.quarterdeck.settings.units.CpuQuantity;
import dev.quarterdeck.settings.units.MemoryQuantity;
import dev.quarterdeck.store.Kind;
import dev.quarterdeck.store.sqlite.SqliteStore;
import dev.quarterdeck.testing.Awaiting;
import dev.quarterdeck.testing.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// Executions over real files and a scripted sandbox.
public final class Fixture implements AutoCloseable {
  public static final Owner ANNA = new Owner("u-anna", "anna");
  public static final Owner BERT = new Owner("u-bert", "bert");

  public final FakeSandbox sandbox;
  public final TestClock clock;
  public final SqliteStore store;
  public final Executions executions;
  public final AtomicLong freeBytes = new AtomicLong(Long.MAX_VALUE);
  private final HandlerRunner runner;
  private final TimerThread timer;
  private boolean storeOpen = true;

  /// What differs between tests.
  public record Options(int slots, int queueMax, int perUser, Duration retention) {
    public static Options defaults() {
      return new Options(2, 1000, 100, Duration.ofDays(30));
    }

    public Options slots(int value) {
      return new Options(value, queueMax, perUser, retention);
    }

    public Options bounds(int max, int user) {
      return new Options(slots, max, user, retention);
    }

    Options retention(Duration value) {
      return new Options(slots, queueMax, perUser, value);
    }
  }

  public Fixture(Path directory, FakeSandbox sandbox, TestClock clock, Options options) {
    this.sandbox = sandbox;
    this.clock = clock;
    this.store = SqliteStore.open(directory, "test", kinds(), clock);
    this.executions =
        new Executions(
            new Executions.Ports(
                store.documents(), store.outputLog(), sandbox, freeBytes::get, clock),
            settings(options),
            pod(),
            run(),
            new EventOrigin("quarterdeck", "1.0.0", "test"),
            2);
    executions.start();
    DlqSettings dlq =
        new DlqSettings(
            5, Duration.ofMillis(1), Duration.ofMillis(10), Duration.ofDays(7), 100, 1000);
    this.timer = new TimerThread(clock);
    this.runner =
        new HandlerRunner(
            store.journal(SqliteStore.MAIN_AREA),
            new DeadLetters(store.documents(), dlq, clock),
            kafka(),
            dlq,
            DeliveryMode.chaotic(42),
            clock,
            timer);
    runner.start(executions.handlers());
  }

  private static KafkaSettings kafka() {
    return new KafkaSettings(
        List.of(),
        "test",
        KafkaSettings.OffsetReset.EARLIEST,
        true,
        Duration.ofSeconds(45),
        Duration.ofSeconds(10),
        Duration.ofSeconds(40),
        500);
  }

  public Fixture(Path directory, FakeSandbox sandbox) {
    this(directory, sandbox, TestClock.atNoon(), Options.defaults());
  }

  private static List<Kind> kinds() {
    List<Kind> kinds = new ArrayList<>(Executions.kinds());
    kinds.add(DeadLetters.KIND);
    return kinds;
  }

  public static ExecutionSettings settings(Options options) {
    return new ExecutionSettings(
        Backend.SANDBOX,
        Optional.of(options.slots()),
        options.queueMax(),
        options.perUser(),
        options.retention(),
        new ByteSize(1 << 20, "1MiB"),
        new ByteSize(100_000_000, "100MB"),
        new ByteSize(200_000_000, "200MB"),
        SandboxLevel.L2,
        Optional.empty(),
        new ByteSize(200 << 20, "200MiB"));
  }

  public static RunSettings run() {
    ByteSize disk = new ByteSize(64 << 20, "64MiB");
    return new RunSettings(
        Optional.empty(), 64, disk, disk, 4096, 100, new ByteSize(1 << 20, "1MiB"), 10, disk);
  }

  public static PodSettings pod() {
    return new PodSettings(
        "integr8scode",
        new CpuQuantity(1000, "1000m"),
        new CpuQuantity(200, "200m"),
        new MemoryQuantity(128 << 20, "128Mi"),
        new MemoryQuantity(128 << 20, "128Mi"),
        Duration.ofSeconds(5));
  }

  public static Program python(String source) {
    return Program.of("python", "3.11", source, List.of(), "");
  }

  public Execution submit(String source) {
    return submit(ANNA, source);
  }

  public Execution submit(Owner owner, String source) {
    return executions.submit(owner, python(source), Priority.NORMAL, Optional.empty());
  }

  /// Waits for the end of an execution.
  public Execution finished(Execution execution) {
    Awaiting.until(
        "execution %s ends".formatted(execution.id()),
        () -> executions.get(execution.id()).finished().isPresent());
    return executions.get(execution.id());
  }

  public Execution awaitStatus(Execution execution, ExecutionStatus status) {
    Awaiting.until(
        "execution %s becomes %s".formatted(execution.id(), status),
        () -> executions.get(execution.id()).status() == status);
    return executions.get(execution.id());
  }

  public Outcome outcome(Execution execution) {
    return finished(execution).finished().orElseThrow().outcome();
  }

  /// Ends as `kill -9` ends a process: nothing is stopped, the files are just let go.
  public void crash() {
    storeOpen = false;
    sandbox.forget();
    runner.close();
    timer.close();
    store.close();
  }

  @Override
  public void close() {
    if (storeOpen) {
      runner.close();
      timer.close();
      try {
        executions.stop(Duration.ofMillis(500));
      } catch (InterruptedException interrupted) {
        throw new IllegalStateException("interrupted while stopping", interrupted);
      }
      store.close();
    }
  }
}

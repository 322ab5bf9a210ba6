package dev.quarterdeck.executions.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.Optional;

/// A run at level L1: its thread, its processes, its directory.
final class LandlockedRun implements Enclosure {
  private final Task task;
  private final RunPlace place;
  private final Domain domain;
  private final Landlock landlock;
  private final MarkedProcesses processes;
  private final InputStream stdout;
  private final InputStream stderr;
  private final OutputStream stdin;

  /// Takes our ends of the three pipes.
  LandlockedRun(
      Task task,
      RunPlace place,
      Domain domain,
      Landlock landlock,
      MarkedProcesses processes,
      int stdout,
      int stderr,
      int stdin)
      throws IOException {
    this.task = task;
    this.place = place;
    this.domain = domain;
    this.landlock = landlock;
    this.processes = processes;
    this.stdout = Kernel.reading(stdout);
    this.stderr = Kernel.reading(stderr);
    this.stdin = Kernel.writing(stdin);
  }

  @Override
  public InputStream stdout() {
    return stdout;
  }

  @Override
  public InputStream stderr() {
    return stderr;
  }

  @Override
  public OutputStream stdin() {
    return stdin;
  }

  @Override
  public long outer() {
    return domain.current();
  }

  @Override
  public Meter meter() {
    return processes;
  }

  @Override
  public FileWatch files(Task same) {
    return new DirectoryWatch(place, same, processes, landlock);
  }

  @Override
  public Optional<Long> program() {
    return domain.program();
  }

  @Override
  public boolean await(long nanos) throws IOException, InterruptedException {
    return domain.await(nanos, processes);
  }

  @Override
  public void destroy() {
    processes.kill();
  }

  @Override
  public StageReport report() {
    return domain.report();
  }

  @Override
  public String complaint() {
    return domain
        .failure()
        .map(failure -> "the restricted thread failed: " + failure)
        .orElse("no report of its parts");
  }

  @Override
  public Transferred transferred(Task same) throws IOException {
    return task.keeper().isPresent() || task.out().any()
        ? Transferred.read(Files.readAllBytes(place.transferred()), task, report())
        : Transferred.nothing(task, "");
  }

  @Override
  public void close() throws IOException {
    processes.close();
    place.delete();
  }
}

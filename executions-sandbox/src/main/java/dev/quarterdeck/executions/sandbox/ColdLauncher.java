package dev.quarterdeck.executions.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// Builds a new sandbox for each run: the launching shell joins the control group, then bubblewrap
/// makes the namespaces and starts the stage.
final class ColdLauncher implements Launcher {
  private final Supplier<Confinement> confinement;
  private final WorkDirectory directory;
  private final int firstUserId;
  private final LaunchThread thread = new LaunchThread();
  private final AtomicLong number = new AtomicLong();

  ColdLauncher(Supplier<Confinement> confinement, WorkDirectory directory, int firstUserId) {
    this.confinement = confinement;
    this.directory = directory;
    this.firstUserId = firstUserId;
  }

  @Override
  public Enclosure launch(Task task, int slot) throws IOException {
    String name = "run-" + number.incrementAndGet();
    Confinement now = confinement.get();
    RunDirectory files =
        RunDirectory.make(
            directory.runs().resolve(name),
            task,
            Stage.script(task, now.abilities()),
            now.options(task));
    Optional<RunGroup> group = Optional.empty();
    try {
      if (now.groups().isPresent()) {
        group = Optional.of(now.groups().get().create(name, task.limits()));
      }
      int userId = firstUserId + slot;
      List<Path> joins = group.map(RunGroup::joinFiles).orElse(List.of());
      ProcessBuilder builder =
          new ProcessBuilder("/bin/sh", "-c", now.launchScript(task, userId, joins));
      builder.environment().clear();
      builder.directory(files.path().toFile());
      Process process = thread.start(builder);
      try {
        begin(process, now.setpriv().isPresent() ? userId : -1);
      } catch (IOException failed) {
        process.destroyForcibly();
        throw failed;
      }
      Meter meter =
          group.isPresent()
              ? Meter.ByGroup.below(group.get(), process.pid())
              : new Meter.ByWatching(task.limits(), process.pid());
      return new Cold(process, meter, files);
    } catch (IOException failed) {
      files.deleteQuietly(failed);
      if (group.isPresent()) {
        group.get().remove();
      }
      throw failed;
    }
  }

  /// Makes the slot's user the owner of the three pipes, so that `/dev/stdout` can be opened, and
  /// gives the launching shell its starting signal.
  private static void begin(Process process, int userId) throws IOException {
    if (userId >= 0) {
      for (int descriptor = 0; descriptor <= 2; descriptor++) {
        Files.setAttribute(
            Path.of("/proc/" + process.pid() + "/fd/" + descriptor), "unix:uid", userId);
      }
    }
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
  }

  /// The thread on whose life the sandboxes depend.
  LaunchThread thread() {
    return thread;
  }

  @Override
  public void close() {
    thread.close();
  }

  private record Cold(Process process, Meter meter, RunDirectory directory) implements Enclosure {
    @Override
    public InputStream stdout() {
      return process.getInputStream();
    }

    @Override
    public InputStream stderr() {
      return process.getErrorStream();
    }

    @Override
    public OutputStream stdin() {
      return process.getOutputStream();
    }

    @Override
    public long outer() {
      return process.pid();
    }

    @Override
    public boolean await(long nanos) throws InterruptedException {
      return process.waitFor(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void destroy() {
      process.destroyForcibly();
    }

    @Override
    public StageReport report() throws IOException {
      return directory.report();
    }

    @Override
    public Transferred transferred(Task task) throws IOException {
      return task.keeper().isPresent() || task.out().any()
          ? Transferred.read(directory.transferred(), task, report())
          : Transferred.nothing(task, "");
    }

    @Override
    public String complaint() throws IOException {
      String log = directory.log();
      return "exit code "
          + process.exitValue()
          + " before the program did: "
          + (log.isEmpty() ? "no message" : log);
    }

    @Override
    public void close() throws IOException {
      meter.close();
      directory.delete();
    }
  }
}

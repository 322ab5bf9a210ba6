package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.sandbox.Spawn.Mode;
import dev.quarterdeck.executions.sandbox.Spawn.Opened;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// Builds a new sandbox for each run: bubblewrap is put into the control group, makes the
/// namespaces and starts the stage. What it shall have open is opened by [Spawn]. Where that does
/// not work, a launching shell joins the group and opens it.
final class ColdLauncher implements Launcher {
  private final Supplier<Confinement> confinement;
  private final WorkDirectory directory;
  private final int firstUserId;
  private final boolean spawns;
  private final LaunchThread thread = new LaunchThread();
  private final AtomicLong number = new AtomicLong();

  /// @param spawns whether [SpawnedProcess] works on this host
  ColdLauncher(
      Supplier<Confinement> confinement, WorkDirectory directory, int firstUserId, boolean spawns) {
    this.confinement = confinement;
    this.directory = directory;
    this.firstUserId = firstUserId;
    this.spawns = spawns;
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
      int owner = now.setpriv().isPresent() ? userId : -1;
      OuterProcess process =
          spawns
              ? spawn(plan(task, now, files.path(), userId, owner), joins, now.options(task))
              : fork(now.launchScript(task, userId, joins), files.path(), owner);
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

  private OuterProcess spawn(SpawnedProcess.Plan plan, List<Path> joins, String options)
      throws IOException {
    SpawnedProcess process = thread.start(plan);
    try {
      process.begin(joins, options.getBytes(StandardCharsets.UTF_8));
      return process;
    } catch (IOException failed) {
      process.destroy();
      process.stdin().close();
      process.stdout().close();
      process.stderr().close();
      process.close();
      throw failed;
    }
  }

  private static SpawnedProcess.Plan plan(
      Task task, Confinement now, Path directory, int userId, int owner) {
    Path path = directory.toAbsolutePath();
    Map<Integer, Opened> files = new HashMap<>();
    files.put(2, new Opened(path.resolve("log"), Mode.WRITE));
    files.put(6, new Opened(path.resolve("report"), Mode.WRITE));
    files.put(9, new Opened(now.filter().toAbsolutePath(), Mode.READ));
    if (task.box().isEmpty()) {
      files.put(3, new Opened(path.resolve("stage"), Mode.READ));
      files.put(7, new Opened(path.resolve("program"), Mode.READ));
    }
    // The stage reads its standard input, the program gets descriptor 4.
    List<Integer> inputs = List.of(0, 4);
    if (task.transfers()) {
      files.put(0, new Opened(path.resolve("files"), Mode.READ_AND_WRITE));
      inputs = List.of(4);
    }
    return new SpawnedProcess.Plan(
        now.launchCommand(userId), owner, 8, inputs, List.of(1), List.of(5), files);
  }

  private OuterProcess fork(String script, Path directory, int owner) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", script);
    builder.environment().clear();
    builder.directory(directory.toFile());
    Process process = thread.start(builder);
    try {
      begin(process, owner);
      return new OuterProcess.Forked(process);
    } catch (IOException failed) {
      process.destroyForcibly();
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

  private record Cold(OuterProcess process, Meter meter, RunDirectory directory)
      implements Enclosure {
    @Override
    public InputStream stdout() {
      return process.stdout();
    }

    @Override
    public InputStream stderr() {
      return process.stderr();
    }

    @Override
    public OutputStream stdin() {
      return process.stdin();
    }

    @Override
    public long outer() {
      return process.pid();
    }

    @Override
    public boolean await(long nanos) throws IOException, InterruptedException {
      return process.await(nanos);
    }

    @Override
    public void destroy() {
      process.destroy();
    }

    @Override
    public StageReport report() throws IOException {
      StageReport report = directory.report();
      return meter instanceof Meter.ByWatching ? report.orElse(process.cpuTime()) : report;
    }

    @Override
    public Transferred transferred(Task task) throws IOException {
      return directory.transferred(task, report());
    }

    @Override
    public String complaint() throws IOException {
      String log = directory.log();
      return process.end() + " before the program did: " + (log.isEmpty() ? "no message" : log);
    }

    @Override
    public void close() throws IOException {
      process.close();
      meter.close();
      directory.delete();
    }
  }
}

package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.Sandbox;
import dev.quarterdeck.executions.SandboxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/// Starts runs: takes a slot, makes the directory and the control group, starts the chain.
final class RunStarter implements AutoCloseable {
  private final LocalSandboxSettings settings;
  private final WorkDirectory directory;
  private final Slots slots;
  private final Launcher launcher = new Launcher();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> Thread.ofPlatform().name("sandbox-run").daemon().unstarted(task));
  private final Set<LocalRun> running = ConcurrentHashMap.newKeySet();
  private final AtomicLong number = new AtomicLong();
  private volatile Confinement confinement;
  private volatile boolean closed;

  RunStarter(Confinement confinement, WorkDirectory directory, LocalSandboxSettings settings) {
    this.confinement = confinement;
    this.directory = directory;
    this.settings = settings;
    this.slots = new Slots(settings.slots());
  }

  String level() {
    return confinement.groups().isPresent() ? "L3" : "L2";
  }

  /// Builds sandboxes without `/proc` from now on.
  void withoutProc() {
    confinement = confinement.withoutProc();
  }

  /// Starts one.
  ///
  /// @throws SandboxException with the remedy; nothing is left behind
  LocalRun start(Task task, Sandbox.Output output) throws SandboxException {
    if (closed) {
      throw new SandboxException("the sandbox is closed: the server is stopping");
    }
    if (!Files.isExecutable(settings.bubblewrap())) {
      throw new SandboxException(
          settings.bubblewrap() + " is not there any more: apt-get install bubblewrap");
    }
    int slot = slots.take();
    try {
      return launch(task, output, slot);
    } catch (IOException failed) {
      slots.give(slot);
      throw new SandboxException(
          "run "
              + task.id()
              + " could not be started: "
              + failed
              + " (check the disk and the permissions of "
              + directory.runs()
              + ")",
          failed);
    }
  }

  private LocalRun launch(Task task, Sandbox.Output output, int slot) throws IOException {
    String name = "run-" + number.incrementAndGet();
    Confinement now = confinement;
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
      int userId = settings.firstUserId() + slot;
      List<Path> joins = group.map(RunGroup::joinFiles).orElse(List.of());
      ProcessBuilder builder =
          new ProcessBuilder("/bin/sh", "-c", now.launchScript(task, userId, joins));
      builder.environment().clear();
      builder.directory(files.path().toFile());
      Process process = launcher.start(builder);
      if (now.setpriv().isPresent()) {
        giveStreams(process.pid(), userId);
      }
      Meter meter =
          group.isPresent()
              ? new Meter.ByGroup(group.get(), process.pid())
              : new Meter.ByWatching(task.limits(), process.pid());
      LocalRun[] self = new LocalRun[1];
      LocalRun run =
          new LocalRun(
              task,
              level(),
              process,
              meter,
              files,
              output,
              () -> {
                running.remove(self[0]);
                slots.give(slot);
              });
      self[0] = run;
      running.add(run);
      run.serve(threads);
      if (closed) {
        run.shutDown();
      }
      return run;
    } catch (IOException failed) {
      files.deleteQuietly(failed);
      if (group.isPresent()) {
        group.get().remove();
      }
      throw failed;
    }
  }

  /// Makes the slot's user the owner of the three pipes, so that `/dev/stdout` can be opened.
  private static void giveStreams(long pid, int userId) throws IOException {
    for (int descriptor = 0; descriptor <= 2; descriptor++) {
      Files.setAttribute(Path.of("/proc/" + pid + "/fd/" + descriptor), "unix:uid", userId);
    }
  }

  /// Kills all runs and frees everything but the work directory.
  @Override
  public void close() {
    closed = true;
    running.forEach(LocalRun::shutDown);
    boolean interrupted = false;
    for (LocalRun run : running) {
      try {
        run.await();
      } catch (InterruptedException stopped) {
        interrupted = true;
      }
    }
    launcher.close();
    threads.shutdown();
    confinement.groups().ifPresent(ControlGroups::close);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

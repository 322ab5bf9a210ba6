package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.Sandbox;
import dev.quarterdeck.executions.SandboxException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Starts runs: takes a slot, gets a sandbox from a launcher, and serves it.
final class RunStarter implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final LocalSandboxSettings settings;
  private final WorkDirectory directory;
  private final Slots slots;
  private final ColdLauncher cold;
  private final Optional<LandlockLauncher> landlock;
  private volatile Launcher launcher;
  private volatile Optional<RuntimeLauncher> runtimes = Optional.empty();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> Thread.ofPlatform().name("sandbox-run").daemon().unstarted(task));
  private final Set<LocalRun> running = ConcurrentHashMap.newKeySet();
  private volatile Confinement confinement;
  private volatile boolean closed;
  private volatile CompletableFuture<Void> warming = CompletableFuture.completedFuture(null);

  /// @param spawns whether [SpawnedProcess] works on this host
  /// @param landlock what confines programs where there are no namespaces
  RunStarter(
      Confinement confinement,
      WorkDirectory directory,
      LocalSandboxSettings settings,
      boolean spawns,
      Optional<LandlockLauncher> landlock) {
    this.landlock = landlock;
    this.confinement = confinement;
    this.directory = directory;
    this.settings = settings;
    this.slots = new Slots(settings.slots());
    this.cold = new ColdLauncher(this::confinement, directory, settings.firstUserId(), spawns);
    this.launcher = landlock.isPresent() ? landlock.get() : cold;
  }

  String level() {
    return landlock.isPresent() ? "L1" : confinement.groups().isPresent() ? "L3" : "L2";
  }

  /// Makes what gets sandboxes ready ahead; it is used from [#use] on.
  WarmLauncher warm(Zygote.Plan plan) {
    return new WarmLauncher(
        cold, plan, settings.firstUserId() + settings.slots(), settings.zygotes(), threads);
  }

  /// Keeps runtimes of languages ready from now on.
  void keepRuntimes(Languages languages) throws IOException {
    StandbyMaker.UserIds userIds =
        new StandbyMaker.UserIds(
            settings.slots() + settings.zygotes(),
            settings.runtimeUserIds(),
            confinement.setpriv().isPresent() ? settings.firstUserId() : -1);
    runtimes =
        Optional.of(
            new RuntimeLauncher(
                new RuntimeLauncher.Host() {
                  @Override
                  public Launcher other() {
                    return launcher;
                  }

                  @Override
                  public long running() {
                    return count();
                  }
                },
                new StandbyMaker(cold, confinement, userIds),
                languages,
                settings.runtimes(),
                settings.runtimeBytes()));
  }

  List<Long> idleProcesses() {
    warming.join();
    List<Long> idle = new ArrayList<>();
    if (launcher instanceof WarmLauncher warm) {
      idle.addAll(warm.idleProcesses());
    }
    runtimes.ifPresent(all -> idle.addAll(all.idleProcesses(PATIENCE)));
    return idle;
  }

  long servedAhead() {
    warming.join();
    return (launcher instanceof WarmLauncher warm ? warm.served() : 0)
        + runtimes.map(RuntimeLauncher::served).orElse(0L);
  }

  /// Ends the runtimes that wait; those that will be asked for are started again.
  void dropRuntimes() {
    runtimes.ifPresent(RuntimeLauncher::drop);
  }

  /// What the sandboxes that wait come to; empty while there are none.
  Map<String, Long> counters() {
    Map<String, Long> counters = new LinkedHashMap<>();
    if (launcher instanceof WarmLauncher warm) {
      counters.putAll(warm.counters());
    }
    runtimes.ifPresent(all -> counters.putAll(all.counters()));
    return counters;
  }

  /// Ends what waited for so long, but for one.
  void endIdle(Duration unused) {
    if (launcher instanceof WarmLauncher warm) {
      warm.endIdle(unused);
    }
  }

  /// Lets a launcher start the runs from now on.
  void use(WarmLauncher other) {
    launcher = other;
  }

  ColdLauncher cold() {
    return cold;
  }

  /// What confines programs where there are no namespaces.
  Optional<LandlockLauncher> landlock() {
    return landlock;
  }

  /// Lets something be done that makes runs faster; [#close] waits for it.
  void inBackground(Runnable work) {
    warming = CompletableFuture.runAsync(work, threads);
  }

  Confinement confinement() {
    return confinement;
  }

  /// How many run.
  long count() {
    return running.size();
  }

  /// The runs of executions that have a slot; what tries the sandbox itself is none.
  Set<String> holders() {
    Set<String> holders = slots.holders();
    holders.remove(HostProbe.SELF_TEST);
    return holders;
  }

  /// Tries again to free the slots of runs that ended while something of them was left.
  void reclaim() {
    running.forEach(LocalRun::reclaim);
  }

  /// Builds sandboxes without `/proc` from now on.
  void withoutProc() {
    confinement = confinement.withoutProc();
  }

  /// Starts one.
  ///
  /// @throws SandboxException with the remedy; nothing is left behind
  LocalRun start(Task task, Sandbox.Output output) throws SandboxException {
    return start(task, output, runtimes.isPresent() ? runtimes.get() : launcher);
  }

  /// Starts one by a certain launcher.
  LocalRun start(Task task, Sandbox.Output output, Launcher by) throws SandboxException {
    if (closed) {
      throw new SandboxException("the sandbox is closed: the server is stopping");
    }
    if (landlock.isEmpty() && !Files.isExecutable(settings.bubblewrap())) {
      throw new SandboxException(
          settings.bubblewrap() + " is not there any more: apt-get install bubblewrap");
    }
    try {
      return launch(task, output, by);
    } catch (IOException failed) {
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

  private LocalRun launch(Task task, Sandbox.Output output, Launcher by)
      throws IOException, SandboxException {
    int slot = slots.take(task.id());
    Enclosure enclosure;
    try {
      enclosure = by.launch(task, slot);
    } catch (IOException | RuntimeException | Error failed) {
      slots.give(slot);
      throw failed;
    }
    LocalRun[] self = new LocalRun[1];
    LocalRun run =
        new LocalRun(
            task,
            level(),
            enclosure,
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
  }

  /// Kills all runs and frees everything but the work directory.
  @Override
  public void close() {
    closed = true;
    warming.join();
    running.forEach(LocalRun::shutDown);
    boolean interrupted = false;
    for (LocalRun run : running) {
      try {
        run.await();
      } catch (InterruptedException stopped) {
        interrupted = true;
      }
    }
    runtimes.ifPresent(RuntimeLauncher::close);
    launcher.close();
    cold.close();
    threads.shutdown();
    confinement.groups().ifPresent(ControlGroups::close);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.FilesOut;
import dev.quarterdeck.executions.RunLimits;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Confines each run without any namespace, for level L1: by Landlock and by a system call filter
/// that stands in for namespaces. See `docs/security.md` for what that stops and what not.
final class LandlockLauncher implements Launcher {
  private static final int BECOME_SUBREAPER = 36;

  private static final List<Path> READABLE =
      List.of(
          Path.of("/etc/ld.so.cache"),
          // Node does not start when it is there and may not be read.
          Path.of("/etc/ssl/openssl.cnf"),
          Path.of("/proc/cpuinfo"),
          Path.of("/proc/meminfo"));
  private static final List<String> DEVICES = List.of("null", "zero", "urandom", "random");

  /// How many processes the server's user may get beyond those that he had and the runs may have:
  /// the limit counts all processes of a user.
  private static final int SPARE_PROCESSES = 512;

  private static final long COUNT_AGAIN = TimeUnit.SECONDS.toNanos(1);
  private static final long REHEARSAL = TimeUnit.SECONDS.toNanos(10);

  private final Architecture architecture;
  private final Landlock landlock;
  private final byte[] filter;
  private final Confinement confinement;
  private final WorkDirectory directory;
  private final int slots;
  private final LaunchThread thread = new LaunchThread();
  private final Guard guard;
  private final AtomicLong number = new AtomicLong();
  private long counted;
  private long ownProcesses;

  /// Prepares it, and this process: whoever is orphaned below it becomes its child from now on.
  /// Call it on a platform thread.
  LandlockLauncher(
      Architecture architecture, Confinement confinement, WorkDirectory directory, int slots)
      throws IOException {
    this.architecture = architecture;
    this.landlock = new Landlock(architecture);
    this.filter = SeccompFilter.compileWithoutNamespaces(architecture);
    this.confinement = confinement;
    this.directory = directory;
    this.slots = slots;
    Syscalls.must("prctl", SystemCall.PRCTL.number(architecture), BECOME_SUBREAPER, 1, 0, 0, 0);
    this.guard = Guard.start(thread);
    try {
      rehearse();
    } catch (IOException failed) {
      close();
      throw failed;
    }
  }

  /// Goes through all the motions once without the restriction, so that everything is loaded that
  /// restricted threads will need.
  private void rehearse() throws IOException {
    RunLimits limits = Foundation.TEST_LIMITS;
    Task task =
        new Task(
            "rehearsal",
            "program",
            new byte[0],
            List.of(),
            List.of("/bin/true"),
            Duration.ofSeconds(5),
            List.of("/bin/sh", "-c", "exit 3"),
            Map.of(),
            Map.of(),
            List.of(),
            new byte[0],
            limits,
            new FilesOut(List.of("none"), 1, 1),
            false,
            Optional.empty(),
            Optional.of((archive, how) -> {}),
            "",
            WarmUp.SANDBOX,
            Optional.empty());
    LandlockedRun run = launch(task, false);
    try (var input = run.stdin()) {
      input.write('\n');
      input.flush();
      boolean ended = run.await(REHEARSAL);
      if (!ended || run.report().run().isEmpty()) {
        throw new IOException("the rehearsal of a restricted run failed: " + run.complaint());
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", stopped);
    } finally {
      run.stdout().close();
      run.stderr().close();
      run.close();
    }
  }

  @Override
  public Enclosure launch(Task task, int slot) throws IOException {
    if (!guard.isAlive()) {
      throw new IOException("the process that guards the runs is gone; restart the server");
    }
    return launch(task, true);
  }

  private LandlockedRun launch(Task task, boolean restricted) throws IOException {
    RunPlace place =
        RunPlace.make(directory.runs().resolve("run-" + number.incrementAndGet()), task);
    List<Integer> opened = new ArrayList<>();
    try {
      int[] input = pipe(opened);
      int[] output = pipe(opened);
      int[] errors = pipe(opened);
      List<Integer> ofTheThread = new ArrayList<>(List.of(input[0], output[1], errors[1]));
      String mark = MarkedProcesses.Marks.HERE.next();
      LandlockedParts parts =
          new LandlockedParts(task, place, Confinement.usualVariables(), processes(task));
      int transferred = open(place.transferred(), opened);
      ofTheThread.add(transferred);
      Domain.Steps steps = parts.steps(input[0], output[1], errors[1], transferred);
      Optional<Domain.Restriction> restriction = Optional.empty();
      if (restricted) {
        int ruleset = rules(task, place);
        opened.add(ruleset);
        ofTheThread.add(ruleset);
        restriction = Optional.of(new Domain.Restriction(landlock, ruleset, filter, guard.pid()));
      }
      Domain domain =
          new Domain(architecture, restriction, Long.parseLong(mark), steps, input[0], ofTheThread);
      LandlockedRun run =
          new LandlockedRun(
              task,
              place,
              domain,
              landlock,
              new MarkedProcesses(task.limits(), mark, domain, architecture),
              output[0],
              errors[0],
              input[1]);
      opened.clear();
      Thread.ofPlatform().name("sandbox-domain").daemon().start(domain);
      return run;
    } catch (IOException failed) {
      opened.forEach(Kernel::close);
      try {
        place.delete();
      } catch (IOException again) {
        failed.addSuppressed(again);
      }
      throw failed;
    }
  }

  private static int[] pipe(List<Integer> opened) throws IOException {
    int[] pipe = Kernel.pipe();
    opened.add(pipe[0]);
    opened.add(pipe[1]);
    return pipe;
  }

  private int open(Path file, List<Integer> opened) throws IOException {
    int descriptor = landlock.open(file);
    opened.add(descriptor);
    return descriptor;
  }

  private int rules(Task task, RunPlace place) throws IOException {
    int ruleset = landlock.ruleset();
    try {
      for (Path system : confinement.root().systemDirectories()) {
        landlock.read(ruleset, system);
      }
      for (Path bind : task.binds()) {
        landlock.read(ruleset, bind);
      }
      for (Path readable : READABLE) {
        landlock.read(ruleset, readable);
      }
      for (String device : DEVICES) {
        landlock.device(ruleset, Path.of("/dev", device));
      }
      landlock.read(ruleset, place.box());
      landlock.change(ruleset, place.tmp());
      landlock.change(ruleset, place.build());
      return ruleset;
    } catch (IOException failed) {
      Kernel.close(ruleset);
      throw failed;
    }
  }

  /// What the kernel's own limit of processes is set to: it counts those of the user, the server's
  /// threads included, so it only keeps the host from a flood until the watchdog has seen it.
  private synchronized long processes(Task task) throws IOException {
    long now = System.nanoTime();
    if (ownProcesses == 0 || now - counted > COUNT_AGAIN) {
      ownProcesses = 0;
      Object self = owner(Path.of("/proc/self"));
      try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
        for (Path process : all) {
          if (owner(process).equals(self)) {
            ownProcesses += ProcessTree.threads(Long.parseLong(process.getFileName().toString()));
          }
        }
      }
      counted = now;
    }
    return ownProcesses + SPARE_PROCESSES + (long) slots * task.limits().processes();
  }

  private static Object owner(Path process) {
    try {
      return Files.getAttribute(process, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    } catch (IOException gone) {
      return "";
    }
  }

  /// Processes that are out of a run's reach, to try that.
  List<Long> outsiders() {
    return List.of(guard.pid(), ProcessHandle.current().pid());
  }

  @Override
  public void close() {
    guard.close();
    thread.close();
  }
}

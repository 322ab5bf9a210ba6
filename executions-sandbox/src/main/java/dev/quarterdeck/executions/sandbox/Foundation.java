package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.RunLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Everything that runs share, and the way there: probe the host, build, test what was built. What
/// fails is a finding, never an exception.
///
/// @param level `L3`, `L2`, `L1` or `none`
record Foundation(
    String level,
    HostProbe probe,
    Optional<WorkDirectory> directory,
    Optional<RunStarter> starter,
    Languages languages) {
  private static final String NONE = "none";
  private static final String LOWEST = "L1";

  /// Answer of the self-test when a program ran and a defence did not hold.
  private static final String DISTRUST = "a defence does not hold";

  /// Limits of the runs by which a sandbox tries itself.
  static final RunLimits TEST_LIMITS =
      new RunLimits(
          Duration.ofSeconds(10),
          Duration.ofSeconds(5),
          64L << 20,
          1000,
          16,
          1 << 20,
          1 << 20,
          100,
          1 << 20);

  /// Lays it. Takes well under a second.
  ///
  /// @param strongest of 3, 2 and 1 the level to begin with; tests of the weaker ones do so there
  /// @param noSpawn what keeps this host from [SpawnedProcess]; tests say so where nothing does
  static Foundation lay(LocalSandboxSettings settings, int strongest, Optional<String> noSpawn) {
    HostProbe probe = new HostProbe();
    Languages languages = Languages.find(settings.memoryBytes());
    WorkDirectory directory;
    try {
      directory = WorkDirectory.open(settings.workDirectory());
      probe.found("work directory", settings.workDirectory().toString());
    } catch (IOException failed) {
      probe.missing(
          "work directory",
          failed.toString(),
          "stop the other server, or make " + settings.workDirectory() + " writable");
      return new Foundation(NONE, probe, Optional.empty(), Optional.empty(), languages);
    }
    Optional<RunStarter> starter = Optional.empty();
    try {
      boolean possible = probe.architecture().isPresent() && probe.seccomp();
      if (possible && strongest > 1) {
        boolean spawns = probe.spawns(noSpawn);
        starter = build(settings, probe, directory, languages, strongest > 2, spawns);
        if (starter.isPresent() && !test(starter.get(), probe, settings)) {
          starter.get().close();
          starter = Optional.empty();
        }
      }
      if (possible && starter.isEmpty() && !probe.distrusts()) {
        starter = buildWithoutNamespaces(settings, probe, directory);
      }
    } catch (IOException failed) {
      probe.missing(
          "sandbox",
          failed.toString(),
          "make " + settings.workDirectory() + " writable and leave space on its disk");
    }
    String level = starter.map(RunStarter::level).orElse(NONE);
    if (starter.isPresent() && level.compareTo(settings.minimumLevel()) < 0) {
      probe.missing(
          "level",
          level + " (SANDBOX_MIN_LEVEL demands " + settings.minimumLevel() + ")",
          "provide what the findings above name, or set SANDBOX_MIN_LEVEL=" + level);
      starter.get().close();
      starter = Optional.empty();
    } else if (starter.isPresent()) {
      probe.found("level", level);
      if (starter.get().landlock().isEmpty()) {
        warmUp(settings, probe, directory, languages, starter.get());
      }
    } else if (!settings.minimumLevel().equals(LOWEST)
        && !probe.distrusts()
        && probe.findings().stream().anyMatch(f -> f.name().equals("landlock") && f.ok())) {
      probe.missing(
          "level",
          "L1 (SANDBOX_MIN_LEVEL demands " + settings.minimumLevel() + ")",
          "provide what the findings above name, or set SANDBOX_MIN_LEVEL=L1 when you have read"
              + " what it does not stop: docs/security.md");
    } else {
      probe.missing(
          "level",
          "neither L3 nor L2 nor L1 can be reached",
          "provide what the findings above name");
    }
    return new Foundation(
        starter.isPresent() ? level : NONE, probe, Optional.of(directory), starter, languages);
  }

  private static void warmUp(
      LocalSandboxSettings settings,
      HostProbe probe,
      WorkDirectory directory,
      Languages languages,
      RunStarter starter) {
    if (settings.runtimes() > 0) {
      try {
        starter.keepRuntimes(languages);
        probe.found(Pools.RUNTIMES, "up to " + settings.runtimes() + ", as they are asked for");
      } catch (IOException failed) {
        probe.missing(
            Pools.RUNTIMES, failed.toString(), "nothing breaks; Node and Java start slower");
      }
    }
    if (settings.zygotes() > 0) {
      ZygoteProbe zygotes = new ZygoteProbe(probe, settings);
      starter.inBackground(
          () ->
              zygotes.warmUp(
                  starter,
                  directory,
                  languages,
                  launcher -> selfTest(starter, launcher, probe, settings)));
    }
  }

  private static Optional<RunStarter> build(
      LocalSandboxSettings settings,
      HostProbe probe,
      WorkDirectory directory,
      Languages languages,
      boolean useGroups,
      boolean spawns)
      throws IOException {
    Optional<Integer> bubblewrap = probe.bubblewrap(settings.bubblewrap());
    boolean root = HostProbe.isRoot();
    Optional<Path> setpriv = root ? probe.setpriv() : Optional.empty();
    boolean resetsSignals = probe.resetsSignals();
    if (bubblewrap.isEmpty() || (root && setpriv.isEmpty())) {
      return Optional.empty();
    }
    Optional<ControlGroups> groups =
        useGroups ? probe.controlGroups("quarterdeck-" + directory.key()) : Optional.empty();
    if (groups.isPresent()) {
      directory.remember(groups.get().parents());
    }
    Path filter = directory.file("filter");
    Files.write(filter, SeccompFilter.compile(Architecture.host().orElseThrow()));
    Confinement confinement =
        new Confinement(
            settings.bubblewrap(),
            setpriv,
            RootDirectory.make(directory.placeForRoot(root), languages.binds()),
            filter,
            true,
            bubblewrap.get() >= 8,
            new Stage.Abilities(resetsSignals, groups.isPresent()),
            groups);
    return Optional.of(new RunStarter(confinement, directory, settings, spawns, Optional.empty()));
  }

  /// Level L1, when it is asked for and holds.
  private static Optional<RunStarter> buildWithoutNamespaces(
      LocalSandboxSettings settings, HostProbe probe, WorkDirectory directory) throws IOException {
    if (!probe.landlock() || !settings.minimumLevel().equals(LOWEST)) {
      return Optional.empty();
    }
    Confinement confinement =
        new Confinement(
            settings.bubblewrap(),
            Optional.empty(),
            new RootDirectory(directory.file("root"), RootDirectory.ofTheHost()),
            directory.file("filter"),
            false,
            false,
            new Stage.Abilities(true, false),
            Optional.empty());
    LandlockLauncher launcher =
        new LandlockLauncher(
            Architecture.host().orElseThrow(), confinement, directory, settings.slots());
    RunStarter starter =
        new RunStarter(confinement, directory, settings, false, Optional.of(launcher));
    String failure = selfTest(starter, launcher, probe, settings);
    if (failure.isEmpty()) {
      return Optional.of(starter);
    }
    starter.close();
    if (!failure.equals(DISTRUST)) {
      probe.missing(
          "restricted run",
          failure,
          "keep the work directory on a file system that is not mounted noexec");
    }
    return Optional.empty();
  }

  /// Runs the self-test; first with `/proc`, then, where a container forbids mounting it, without.
  private static boolean test(RunStarter starter, HostProbe probe, LocalSandboxSettings settings)
      throws IOException {
    String failure = selfTest(starter, starter.cold(), probe, settings);
    if (failure.contains("proc")) {
      starter.withoutProc();
      String second = selfTest(starter, starter.cold(), probe, settings);
      if (second.isEmpty()) {
        probe.missing(
            "/proc",
            "programs get none: " + failure,
            "in Docker: --security-opt systempaths=unconfined");
      }
      failure = second;
    }
    if (failure.isEmpty()) {
      return true;
    }
    if (!failure.equals(DISTRUST)) {
      probe.namespacesMissing(failure);
    }
    return false;
  }

  /// @return why it failed; empty when every defence holds
  private static String selfTest(
      RunStarter starter, Launcher launcher, HostProbe probe, LocalSandboxSettings settings)
      throws IOException {
    Architecture architecture = Architecture.host().orElseThrow();
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<Path> hostFiles =
          Stream.of(
                  Path.of("/etc/shadow"),
                  Path.of("/root"),
                  Path.of("/home"),
                  Path.of("/var"),
                  Path.of("/run"),
                  Path.of("/sys"),
                  settings.workDirectory().toRealPath())
              .toList();
      Optional<LandlockLauncher> landlock = starter.landlock();
      SelfTest test =
          landlock.isPresent()
              ? SelfTest.withoutNamespaces(architecture, hostFiles, landlock.get().outsiders())
              : SelfTest.withNamespaces(architecture, hostFiles, listener.getLocalPort());
      Task task =
          new Task(
              HostProbe.SELF_TEST,
              "probe",
              test.program(),
              List.of(),
              List.of(),
              Duration.ZERO,
              List.of(landlock.isPresent() ? RunPlace.beside("/box/probe") : "/box/probe"),
              Map.of(),
              Map.of(),
              List.of(),
              new byte[0],
              TEST_LIMITS);
      ByteArrayOutputStream output = new ByteArrayOutputStream();
      long start = System.nanoTime();
      LocalRun run =
          starter.start(
              task,
              (stderr, bytes, offset, length) -> {
                if (!stderr) {
                  output.write(bytes, offset, length);
                }
              },
              launcher);
      var result = run.await();
      if (output.size() == 0) {
        return result.evidence();
      }
      List<String> open = test.failures(output.toByteArray());
      if (!open.isEmpty()) {
        probe.missing(
            HostProbe.SELF_TEST,
            String.join("; ", open),
            "report this with the output of ./quarterdeck doctor: a defence does not hold here");
        return DISTRUST;
      } else {
        probe.found(
            HostProbe.SELF_TEST,
            test.size()
                + " attempts refused in "
                + (System.nanoTime() - start) / 1_000_000
                + " ms");
      }
      return "";
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return "interrupted";
    } catch (dev.quarterdeck.executions.SandboxException failed) {
      @Nullable String message = failed.getMessage();
      return message == null ? failed.toString() : message;
    }
  }
}

package dev.quarterdeck.executions.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds out whether zygotes work on this host, and starts them. Without them every run starts
/// cold: slower, and else the same.
final class ZygoteProbe {
  private static final String FINDING = Pools.AHEAD;
  private static final String PYTHON = "python";

  /// What most runs get; a sandbox for one that gets something else is changed when it is taken.
  private static final long USUAL_DISK_BYTES = 64L << 20;

  private static final int USUAL_FILES = 4096;

  private final HostProbe probe;
  private final LocalSandboxSettings settings;

  ZygoteProbe(HostProbe probe, LocalSandboxSettings settings) {
    this.probe = probe;
    this.settings = settings;
  }

  /// Tries the defences of a sandbox.
  interface Test {
    /// @return why it failed; empty when every defence holds
    String run(Launcher launcher) throws IOException;
  }

  /// Starts the first zygote, tests what it makes, and lets it serve.
  void warmUp(RunStarter starter, WorkDirectory directory, Languages languages, Test test) {
    Optional<String> obstacle = obstacle(starter.confinement(), languages);
    if (obstacle.isPresent()) {
      missing(obstacle.get());
      return;
    }
    WarmLauncher warm;
    try {
      warm = starter.warm(plan(starter, directory, languages));
    } catch (IOException failed) {
      missing(failed.toString());
      return;
    }
    try {
      warm.open();
      String failure = test.run(warm);
      if (!failure.isEmpty() || warm.served() == 0) {
        throw new IOException(failure.isEmpty() ? "the self-test started cold" : failure);
      }
      starter.use(warm);
      probe.found(
          FINDING,
          "up to %d by zygotes, %d MiB each"
              .formatted(settings.zygotes(), (warm.idleBytes() + (1 << 20) - 1) >> 20));
    } catch (IOException failed) {
      warm.abandon();
      missing(failed.toString());
    }
  }

  private void missing(String reason) {
    probe.missing(FINDING, reason + "; every run starts cold", "nothing breaks; runs start slower");
  }

  private static Optional<String> obstacle(Confinement confinement, Languages languages) {
    if (Spawn.obstacle().isPresent()) {
      return Spawn.obstacle();
    }
    if (!confinement.proc()) {
      return Optional.of("/proc cannot be mounted");
    }
    return languages.named(PYTHON).filter(python -> !python.executable().isEmpty()).isPresent()
        ? Optional.empty()
        : Optional.of("Python is not installed");
  }

  private Zygote.Plan plan(RunStarter starter, WorkDirectory directory, Languages languages)
      throws IOException {
    Languages.Installed python = languages.named(PYTHON).orElseThrow();
    LanguageDefinition definition = python.definition();
    Map<String, String> environment = definition.environment();
    Path options = directory.file("zygote-options");
    Files.write(
        options, starter.confinement().zygoteOptions(environment).getBytes(StandardCharsets.UTF_8));
    List<String> command =
        definition.run().stream()
            .map(word -> word.replace("{executable}", python.executable()))
            .toList();
    return new Zygote.Plan(
        starter.confinement(),
        starter.cold().thread(),
        command,
        environment,
        options,
        directory.runs(),
        USUAL_DISK_BYTES,
        USUAL_FILES);
  }
}

package dev.quarterdeck.server.cli;

import dev.quarterdeck.executions.LimitPolicy;
import dev.quarterdeck.executions.RunLimits;
import dev.quarterdeck.executions.RunSettings;
import dev.quarterdeck.executions.sandbox.AbuseSuite;
import dev.quarterdeck.executions.sandbox.LocalSandbox;
import dev.quarterdeck.executions.sandbox.LocalSandboxSettings;
import dev.quarterdeck.runtime.Ids;
import dev.quarterdeck.server.settings.AppSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The sandbox for a command, in a directory of its own that goes with it.
final class LocalExecution implements AutoCloseable {
  private final Path directory;
  private final LocalSandbox sandbox;
  private final RunLimits limits;
  private final RunSettings settings;
  private final Ids ids = new Ids(InstantSource.system());

  private LocalExecution(
      Path directory, LocalSandbox sandbox, RunLimits limits, RunSettings settings) {
    this.settings = settings;
    this.directory = directory;
    this.sandbox = sandbox;
    this.limits = limits;
  }

  /// Opens it with one slot.
  static LocalExecution open(AppSettings settings) throws IOException {
    return open(settings, 1, LocalSandboxSettings.DEFAULT_FIRST_USER_ID, 0, 0);
  }

  /// Opens one that gets a sandbox ready ahead, as the server does, and waits until it is.
  static LocalExecution openReady(AppSettings settings) throws IOException {
    int ready = Math.min(1, LimitPolicy.readySandboxes(settings.k8s(), settings.executions()));
    int runtimes = Math.min(1, LimitPolicy.readyRuntimes(settings.k8s(), settings.executions()));
    LocalExecution opened =
        open(settings, 1, LocalSandboxSettings.DEFAULT_FIRST_USER_ID, ready, runtimes);
    opened.sandbox.awaitReady();
    return opened;
  }

  /// Opens it for the abuse suite, with as many sandboxes ready ahead as it tries programs at once.
  static LocalExecution forSelfTest(AppSettings settings) throws IOException {
    int ready =
        Math.min(
            AbuseSuite.READY, LimitPolicy.readySandboxes(settings.k8s(), settings.executions()));
    LocalExecution opened = open(settings, AbuseSuite.SLOTS, AbuseSuite.firstUserId(), ready, 0);
    opened.sandbox.awaitReady();
    return opened;
  }

  private static LocalExecution open(
      AppSettings settings, int slots, int firstUserId, int ready, int runtimes)
      throws IOException {
    Path directory = Files.createTempDirectory("quarterdeck-run");
    LocalSandboxSettings options =
        LocalSandboxSettings.of(
                directory.resolve("sandbox"), settings.executions().sandboxMinLevel().name(), slots)
            .withFirstUserId(firstUserId)
            .withMemoryBytes(settings.k8s().podMemoryLimit().bytes())
            .withZygotes(ready)
            .withRuntimes(
                runtimes, LimitPolicy.readyRuntimeBytes(settings.k8s(), settings.executions()));
    return new LocalExecution(
        directory,
        LocalSandbox.open(options),
        LimitPolicy.limits(settings.k8s(), settings.executions(), settings.run()),
        settings.run());
  }

  LocalSandbox sandbox() {
    return sandbox;
  }

  RunLimits limits() {
    return limits;
  }

  /// What a run may hand back, and how many cases there may be.
  RunSettings settings() {
    return settings;
  }

  String nextId() {
    return ids.next();
  }

  @Override
  public void close() throws IOException {
    sandbox.close();
    try (Stream<Path> left = Files.walk(directory)) {
      List<Path> deepestFirst = left.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    }
  }
}

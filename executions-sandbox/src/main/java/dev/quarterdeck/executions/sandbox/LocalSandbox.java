package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.Language;
import dev.quarterdeck.executions.RunLimits;
import dev.quarterdeck.executions.RunOrder;
import dev.quarterdeck.executions.Sandbox;
import dev.quarterdeck.executions.SandboxException;
import dev.quarterdeck.executions.SandboxPool;
import dev.quarterdeck.executions.SandboxReport;
import dev.quarterdeck.executions.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The sandbox on this machine.
///
/// It probes the host when it is made, tests itself, and takes the strongest level that works: `L3`
/// (control group, namespaces, system call filter; as root a user id for each slot), `L2` (the same
/// without a control group: limits of the processes and a watchdog instead) or, where it is allowed
/// and the server is not root, `L1` (no namespaces: Landlock and the filter). On a host with none,
/// [#report] says why and every start is refused. Safe for all threads.
public final class LocalSandbox implements Sandbox {
  private static final Logger LOG = LoggerFactory.getLogger(LocalSandbox.class);

  private final Foundation foundation;
  private final LocalSandboxSettings settings;
  private final Optional<CompileCache> cache;

  private LocalSandbox(Foundation foundation, LocalSandboxSettings settings) {
    this.foundation = foundation;
    this.settings = settings;
    this.cache = foundation.directory().flatMap(directory -> cache(directory, settings));
  }

  private static Optional<CompileCache> cache(
      WorkDirectory directory, LocalSandboxSettings settings) {
    try {
      return Optional.of(
          new CompileCache(directory.file("compiled"), settings.compileCacheBytes()));
    } catch (IOException failed) {
      LOG.warn("nothing that compilers make can be kept", failed);
      return Optional.empty();
    }
  }

  /// Opens a sandbox; blocks for some hundred milliseconds. It never throws for what the host
  /// lacks: see [#report]. It locks the work directory until [#close].
  public static LocalSandbox open(LocalSandboxSettings settings) {
    return new LocalSandbox(Foundation.lay(settings, 3, SpawnedProcess.obstacle()), settings);
  }

  /// Opens one that reaches no more than L2, to test that level on a host that has more.
  static LocalSandbox openWithoutGroups(LocalSandboxSettings settings) {
    return new LocalSandbox(Foundation.lay(settings, 2, SpawnedProcess.obstacle()), settings);
  }

  /// Opens one that starts sandboxes by the JDK's means, as on a host without [SpawnedProcess].
  static LocalSandbox openWithoutSpawn(LocalSandboxSettings settings) {
    return new LocalSandbox(Foundation.lay(settings, 3, Optional.of("switched off")), settings);
  }

  /// Opens one that reaches no more than L1.
  static LocalSandbox openWithoutNamespaces(LocalSandboxSettings settings) {
    return new LocalSandbox(Foundation.lay(settings, 1, SpawnedProcess.obstacle()), settings);
  }

  @Override
  public SandboxReport report() {
    return new SandboxReport(
        foundation.level(),
        foundation.starter().isPresent(),
        List.copyOf(foundation.probe().findings()));
  }

  /// Waits until sandboxes are ready for programs; until then runs start cold.
  public void awaitReady() {
    idleProcesses();
  }

  /// Ids of the processes that wait for programs, once all are ready.
  List<Long> idleProcesses() {
    return foundation.starter().map(RunStarter::idleProcesses).orElse(List.of());
  }

  /// Ends the runtimes that wait.
  void dropRuntimes() {
    foundation.starter().ifPresent(RunStarter::dropRuntimes);
  }

  /// How many runs had a sandbox that was ready.
  long servedAhead() {
    return foundation.starter().map(RunStarter::servedAhead).orElse(0L);
  }

  /// Ends what waited for a program for so long, but for one.
  void endIdle(java.time.Duration unused) {
    foundation.starter().ifPresent(starter -> starter.endIdle(unused));
  }

  @Override
  public List<Language> languages() {
    return foundation.languages().all();
  }

  @Override
  public Run start(RunOrder order, Output output) throws SandboxException {
    RunStarter starter = foundation.starter().orElseThrow(() -> new SandboxException(refusal()));
    Languages.Installed installed =
        foundation
            .languages()
            .named(order.language())
            .orElseThrow(
                () ->
                    new SandboxException(
                        "language: "
                            + order.language()
                            + " (expected: one of "
                            + activeNames()
                            + ")"));
    check(order, installed);
    Task task = task(order, installed);
    if (task.compile().isEmpty() || cache.isEmpty()) {
      return starter.start(task, output);
    }
    CompileStep step = CompileStep.of(cache.get(), order, installed, task.compile(), output);
    if (step.prebuilt().isPresent()) {
      task = task.built(step.prebuilt().get());
    } else if (step.keeper().isPresent()) {
      task = task.kept(step.keeper().get());
    }
    step.replay();
    return starter.start(task, step);
  }

  @Override
  public void release(String batch) {
    cache.ifPresent(kept -> kept.release(batch));
  }

  @Override
  public Set<String> places() {
    return foundation.starter().map(RunStarter::holders).orElse(Set.of());
  }

  @Override
  public void reclaim() {
    foundation.starter().ifPresent(RunStarter::reclaim);
  }

  @Override
  public List<SandboxPool> pools() {
    return Pools.of(settings, report(), counters());
  }

  @Override
  public Map<String, Long> counters() {
    Map<String, Long> counters = new LinkedHashMap<>();
    foundation.starter().ifPresent(starter -> counters.put("sandbox_runs", starter.count()));
    foundation.starter().ifPresent(starter -> counters.putAll(starter.counters()));
    cache.ifPresent(kept -> counters.putAll(kept.counters()));
    return counters;
  }

  /// What it was opened with.
  LocalSandboxSettings settings() {
    return settings;
  }

  private String refusal() {
    String reasons =
        String.join(
            "; ",
            report().findings().stream()
                .filter(finding -> !finding.ok())
                .map(
                    finding ->
                        finding.name() + ": " + finding.detail() + " (" + finding.remedy() + ")")
                .toList());
    return "this machine cannot run code safely, so it runs none: " + reasons;
  }

  private List<String> activeNames() {
    return languages().stream().filter(Language::active).map(Language::name).toList();
  }

  private static void check(RunOrder order, Languages.Installed installed) throws SandboxException {
    LanguageDefinition definition = installed.definition();
    Language language = installed.language();
    RunLimits limits = order.limits();
    if (installed.executable().isEmpty()) {
      throw new SandboxException(
          "language: " + order.language() + " is " + language.inactiveReason());
    }
    if (!order.version().isEmpty()
        && language.active()
        && !language.versions().contains(order.version())) {
      throw new SandboxException(
          "version: "
              + order.version()
              + " of "
              + order.language()
              + " (expected: one of "
              + language.versions()
              + ")");
    }
    if (limits.memoryBytes() < definition.memoryFloor()) {
      throw new SandboxException(
          "memory limit: "
              + limits.memoryBytes()
              + " bytes (expected: at least "
              + definition.memoryFloor()
              + " for "
              + order.language()
              + ")");
    }
    if (limits.processes() < definition.processFloor()) {
      throw new SandboxException(
          "process limit: "
              + limits.processes()
              + " (expected: at least "
              + definition.processFloor()
              + " for "
              + order.language()
              + ")");
    }
    if (limits.cpuMillis() < 1
        || limits.fileBytes() < 0
        || limits.diskBytes() < 1
        || limits.outputBytes() < 0) {
      throw new SandboxException("limits: " + limits + " (expected: positive numbers)");
    }
    for (SourceFile file : order.files()) {
      Optional<String> fault = SourceFile.fault(file.name());
      if (fault.isPresent()) {
        throw new SandboxException(
            "file name: " + file.name() + " (expected: " + fault.get() + ")");
      }
      if (file.name().equals(definition.fileName())) {
        throw new SandboxException(
            "file name: " + file.name() + " (expected: another, this is the program's own)");
      }
    }
    for (String path : order.out().paths()) {
      Optional<String> fault = SourceFile.fault(path);
      if (fault.isPresent()) {
        throw new SandboxException("output file: " + path + " (expected: " + fault.get() + ")");
      }
    }
    for (Map.Entry<String, String> variable : order.environment().entrySet()) {
      if (!variable.getKey().matches("[A-Za-z_][A-Za-z0-9_]*")
          || variable.getValue().indexOf('\0') >= 0) {
        throw new SandboxException(
            "environment: "
                + variable.getKey()
                + " (expected: a name of letters, digits and _, a value without NUL)");
      }
    }
    for (String argument : order.arguments()) {
      if (argument.indexOf('\0') >= 0) {
        throw new SandboxException("arguments: one contains a NUL (expected: none does)");
      }
    }
  }

  private Task task(RunOrder order, Languages.Installed installed) {
    LanguageDefinition definition = installed.definition();
    List<SourceFile> files = List.of();
    if (!order.files().isEmpty()) {
      files = new ArrayList<>(order.files());
      files.add(new SourceFile(definition.fileName(), order.source()));
    }

    List<String> run = new ArrayList<>(resolve(definition.run(), installed, order));
    run.addAll(order.arguments());
    return new Task(
        order.id(),
        definition.fileName(),
        order.source(),
        files,
        resolve(definition.compile(), installed, order),
        order.compileTime().compareTo(settings.compileTime()) < 0
            ? order.compileTime()
            : settings.compileTime(),
        run,
        definition.environment(),
        order.environment(),
        installed.binds(),
        order.stdin(),
        order.limits(),
        order.out(),
        order.interactive(),
        Optional.empty(),
        Optional.empty(),
        definition.name(),
        // What has started cannot be given arguments.
        order.arguments().isEmpty() ? definition.warmUp() : WarmUp.SANDBOX,
        Optional.empty());
  }

  private List<String> resolve(
      List<String> command, Languages.Installed installed, RunOrder order) {
    String executable = installed.executable();
    String directory = executable.substring(0, executable.lastIndexOf('/'));
    String heap = Long.toString(Math.max(16, order.limits().memoryBytes() >> 21));
    String place = order.files().isEmpty() ? "/box/" : "/tmp/";
    boolean relative = foundation.starter().map(by -> by.landlock().isPresent()).orElse(false);
    return command.stream()
        .flatMap(
            word -> word.equals("{sources}") ? sources(installed, order, place) : Stream.of(word))
        .map(word -> word.replace("/box/", place))
        .map(word -> relative ? RunPlace.beside(word) : word)
        .map(
            word ->
                word.replace("{executable}", executable)
                    .replace("{directory}", directory)
                    .replace("{heap_mib}", heap))
        .toList();
  }

  /// The program and every other file of its language.
  private static Stream<String> sources(
      Languages.Installed installed, RunOrder order, String place) {
    LanguageDefinition definition = installed.definition();
    return Stream.concat(
            Stream.of(definition.fileName()),
            order.files().stream()
                .map(SourceFile::name)
                .filter(name -> name.endsWith("." + definition.extension())))
        .map(name -> place + name);
  }

  @Override
  public void close() {
    foundation.starter().ifPresent(RunStarter::close);
    try {
      if (foundation.directory().isPresent()) {
        foundation.directory().get().close();
      }
    } catch (IOException failed) {
      throw new UncheckedIOException("the sandbox's directory could not be cleared", failed);
    }
  }
}

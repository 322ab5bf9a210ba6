package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.Language;
import dev.quarterdeck.executions.RunLimits;
import dev.quarterdeck.executions.RunOrder;
import dev.quarterdeck.executions.Sandbox;
import dev.quarterdeck.executions.SandboxException;
import dev.quarterdeck.executions.SandboxReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// The sandbox on this machine.
///
/// It probes the host when it is made, tests itself, and takes the strongest level that works: `L3`
/// (control group, namespaces, system call filter; as root a user id for each slot) or `L2` (the
/// same without a control group: limits of the processes and a watchdog instead). On a host with
/// neither, [#report] says why and every start is refused. Safe for all threads.
public final class LocalSandbox implements Sandbox {
  private final Foundation foundation;
  private final SandboxReport report;

  private LocalSandbox(Foundation foundation) {
    this.foundation = foundation;
    this.report =
        new SandboxReport(
            foundation.level(),
            foundation.starter().isPresent(),
            List.copyOf(foundation.probe().findings()));
  }

  /// Opens a sandbox; blocks for some hundred milliseconds. It never throws for what the host
  /// lacks: see [#report]. It locks the work directory until [#close].
  public static LocalSandbox open(LocalSandboxSettings settings) {
    return new LocalSandbox(Foundation.lay(settings, true));
  }

  /// Opens one that reaches no more than L2, to test that level on a host that has more.
  static LocalSandbox openWithoutGroups(LocalSandboxSettings settings) {
    return new LocalSandbox(Foundation.lay(settings, false));
  }

  @Override
  public SandboxReport report() {
    return report;
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
    return starter.start(task(order, installed), output);
  }

  private String refusal() {
    String reasons =
        String.join(
            "; ",
            report.findings().stream()
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
    for (String argument : order.arguments()) {
      if (argument.indexOf('\0') >= 0) {
        throw new SandboxException("arguments: one contains a NUL (expected: none does)");
      }
    }
  }

  private static Task task(RunOrder order, Languages.Installed installed) {
    LanguageDefinition definition = installed.definition();
    List<String> run = new ArrayList<>(resolve(definition.run(), installed, order));
    run.addAll(order.arguments());
    return new Task(
        order.id(),
        definition.fileName(),
        order.source(),
        resolve(definition.compile(), installed, order),
        run,
        definition.environment(),
        installed.binds(),
        order.stdin(),
        order.limits());
  }

  private static List<String> resolve(
      List<String> command, Languages.Installed installed, RunOrder order) {
    String executable = installed.executable();
    String directory = executable.substring(0, executable.lastIndexOf('/'));
    String heap = Long.toString(Math.max(16, order.limits().memoryBytes() >> 21));
    return command.stream()
        .map(
            word ->
                word.replace("{executable}", executable)
                    .replace("{directory}", directory)
                    .replace("{heap_mib}", heap))
        .toList();
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

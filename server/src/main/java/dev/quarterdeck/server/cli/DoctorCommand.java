package dev.quarterdeck.server.cli;

import dev.quarterdeck.executions.Language;
import dev.quarterdeck.executions.SandboxPool;
import dev.quarterdeck.executions.SandboxReport;
import dev.quarterdeck.executions.sandbox.AbuseSuite;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// `quarterdeck doctor`: what this host offers to the sandbox.
@Command(
    name = "doctor",
    description =
        "Shows what this host offers to the sandbox, what is missing, and the command that provides"
            + " it.",
    footer = {
      "",
      "The exit code is 0 when programs may run and, with --self-test, all was contained; else 69."
    })
final class DoctorCommand implements Callable<Integer> {
  @ParentCommand private @Nullable QuarterdeckCommand parent;

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--json", description = "One JSON object instead of text.")
  private boolean json;

  @Option(
      names = "--self-test",
      arity = "0..1",
      fallbackValue = "",
      paramLabel = "FAMILY",
      description =
          "Tries every hostile program of the abuse suite here, or one family of them. All take"
              + " about a minute.")
  private @Nullable String selfTest;

  @Override
  public Integer call() throws IOException, InterruptedException {
    QuarterdeckCommand command = Objects.requireNonNull(parent);
    Terminal terminal = command.terminal();
    if (selfTest != null) {
      if (!selfTest.isEmpty() && !AbuseSuite.families().contains(selfTest)) {
        throw new ParameterException(
            Objects.requireNonNull(spec).commandLine(),
            "--self-test: "
                + selfTest
                + " (expected: nothing, or one of "
                + String.join(", ", AbuseSuite.families())
                + ")");
      }
      return SelfTestReport.run(command.load().value(), terminal, selfTest, json);
    }
    try (LocalExecution local = LocalExecution.openReady(command.load().value())) {
      SandboxReport report = local.sandbox().report();
      List<Language> languages = local.sandbox().languages();
      if (json) {
        terminal
            .out()
            .println(
                JsonMapper.shared()
                    .writeValueAsString(object(report, languages, local.sandbox().pools())));
      } else {
        print(terminal, report, languages, local.sandbox().pools());
      }
      return report.mayRun() ? 0 : ExitCode.UNAVAILABLE;
    }
  }

  private static void print(
      Terminal terminal, SandboxReport report, List<Language> languages, List<SandboxPool> pools) {
    for (SandboxReport.Finding finding : report.findings()) {
      terminal
          .out()
          .printf(
              "%s %s: %s%n",
              finding.ok() ? terminal.good("ok     ") : terminal.bad("missing"),
              finding.name(),
              finding.detail());
      if (!finding.ok() && !finding.remedy().isEmpty()) {
        terminal.out().println("        " + finding.remedy());
      }
    }
    for (SandboxPool pool : pools) {
      terminal
          .out()
          .printf(
              "pool of %s: %s%n",
              pool.name(),
              pool.off().isEmpty()
                  ? "%d ready, %d starting, %d KiB while idle"
                      .formatted(pool.ready(), pool.starting(), pool.idleMemoryBytes() >> 10)
                  : "off: " + pool.off());
    }
    terminal.out().println();
    for (Language language : languages) {
      if (language.active()) {
        terminal
            .out()
            .printf("%-12s %s%n", language.name(), String.join(", ", language.versions()));
      }
    }
    terminal.out().println();
    for (Language language : languages) {
      if (!language.active()) {
        terminal
            .out()
            .println(
                terminal.dim(
                    String.format("%-12s %s", language.name(), language.inactiveReason())));
      }
    }
    terminal.out().println();
    terminal
        .out()
        .println(
            report.mayRun()
                ? terminal.good("Programs may run, at sandbox level " + report.level() + ".")
                : terminal.bad("No program may run on this host."));
  }

  private static Map<String, Object> object(
      SandboxReport report, List<Language> languages, List<SandboxPool> pools) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("sandbox_level", report.level());
    object.put("may_run", report.mayRun());
    object.put("findings", report.findings());
    object.put(
        "pools",
        pools.stream()
            .map(
                pool ->
                    Map.of(
                        "name",
                        pool.name(),
                        "ready",
                        pool.ready(),
                        "starting",
                        pool.starting(),
                        "idle_memory_bytes",
                        pool.idleMemoryBytes(),
                        "off",
                        pool.off()))
            .toList());
    object.put(
        "languages",
        languages.stream()
            .map(
                language ->
                    Map.of(
                        "name",
                        language.name(),
                        "versions",
                        language.versions(),
                        "active",
                        language.active(),
                        "reason",
                        language.inactiveReason()))
            .toList());
    object.put("java", Runtime.version().toString());
    object.put("processors", Runtime.getRuntime().availableProcessors());
    return object;
  }
}

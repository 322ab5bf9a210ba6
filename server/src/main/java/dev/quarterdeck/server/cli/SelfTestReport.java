package dev.quarterdeck.server.cli;

import dev.quarterdeck.executions.SandboxReport;
import dev.quarterdeck.executions.sandbox.AbuseSuite;
import dev.quarterdeck.server.settings.AppSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// `quarterdeck doctor --self-test`: every hostile program on the operator's own machine.
final class SelfTestReport {
  private SelfTestReport() {}

  /// Runs the suite at the level of this host and prints one line for each program.
  ///
  /// @param family kind of attacks, or empty for all
  /// @return the exit code: 0 when everything was contained
  static int run(AppSettings settings, Terminal terminal, String family, boolean json)
      throws IOException, InterruptedException {
    try (LocalExecution local = LocalExecution.forSelfTest(settings)) {
      SandboxReport report = local.sandbox().report();
      if (!report.mayRun()) {
        terminal.err().println(terminal.bad("No program may run on this host: see doctor."));
        return ExitCode.UNAVAILABLE;
      }
      List<AbuseSuite.Attempt> attempts = new ArrayList<>();
      AbuseSuite.Summary summary;
      try (AbuseSuite suite = AbuseSuite.on(local.sandbox(), family)) {
        summary =
            suite.run(
                attempt -> {
                  attempts.add(attempt);
                  if (!json) {
                    print(terminal, attempt);
                  }
                });
      }
      if (json) {
        terminal
            .out()
            .println(
                JsonMapper.shared().writeValueAsString(object(report.level(), attempts, summary)));
      } else {
        print(terminal, report.level(), summary);
      }
      return summary.failed() == 0 && summary.failures().isEmpty() ? 0 : ExitCode.UNAVAILABLE;
    }
  }

  private static void print(Terminal terminal, AbuseSuite.Attempt attempt) {
    String name = attempt.family() + ": " + attempt.name();
    if (!attempt.ran()) {
      terminal.out().println(terminal.dim("skipped   " + name + ": " + attempt.failures()));
    } else if (attempt.failures().isEmpty() && !attempt.open().isEmpty()) {
      terminal.out().println(terminal.bad("OPEN      ") + name + " (" + attempt.open() + ")");
    } else if (attempt.failures().isEmpty()) {
      terminal.out().println(terminal.good("contained ") + name + " (" + attempt.detail() + ")");
    } else {
      terminal.out().println(terminal.bad("FAILED    ") + name + " (" + attempt.detail() + ")");
      attempt.failures().forEach(failure -> terminal.out().println("          " + failure));
    }
  }

  private static void print(Terminal terminal, String level, AbuseSuite.Summary summary) {
    summary.failures().forEach(failure -> terminal.out().println(terminal.bad(failure)));
    terminal
        .out()
        .printf(
            "%n%d hostile programs at sandbox level %s: %d contained%s, %d failed, %d"
                + " skipped. A"
                + " second user ran %d programs meanwhile, the slowest took %d ms.%n",
            summary.programs(),
            level,
            summary.programs() - summary.failed() - summary.open() - summary.skipped(),
            summary.open() > 0 ? ", " + summary.open() + " open" : "",
            summary.failed(),
            summary.skipped(),
            summary.served(),
            summary.slowestMillis());
    boolean held = summary.failed() == 0 && summary.failures().isEmpty();
    terminal
        .out()
        .println(
            held && summary.open() > 0
                ? terminal.good(
                    "Everything was contained but what is known to be open at this level.")
                : held
                    ? terminal.good("Everything that was tried was contained.")
                    : terminal.bad(
                        "Do not run code of strangers here: report this as docs/security.md"
                            + " says."));
  }

  private static Map<String, Object> object(
      String level, List<AbuseSuite.Attempt> attempts, AbuseSuite.Summary summary) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("sandbox_level", level);
    object.put("attempts", attempts);
    object.put("summary", summary);
    return object;
  }
}

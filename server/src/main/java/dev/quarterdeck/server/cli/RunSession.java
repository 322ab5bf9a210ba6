package dev.quarterdeck.server.cli;

import dev.quarterdeck.executions.RunOrder;
import dev.quarterdeck.executions.RunResult;
import dev.quarterdeck.executions.Sandbox;
import dev.quarterdeck.executions.SandboxException;
import dev.quarterdeck.executions.TestCase;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Runs of one program on the terminal. Ctrl-C ends the program first, then the command.
final class RunSession {
  private final LocalExecution local;
  private final Terminal terminal;
  private final boolean json;
  private final OutOptions outs;
  private final CountDownLatch closed;

  /// @param closed counted down when everything that the command made is removed
  RunSession(
      LocalExecution local,
      Terminal terminal,
      boolean json,
      OutOptions outs,
      CountDownLatch closed) {
    this.local = local;
    this.terminal = terminal;
    this.json = json;
    this.outs = outs;
    this.closed = closed;
  }

  /// Runs it once.
  ///
  /// @param begun is given the run as soon as there is one
  /// @return the exit code of the command
  int once(RunOrder order, Consumer<Sandbox.Run> begun)
      throws SandboxException, InterruptedException {
    RunReport report = new RunReport(terminal, json, order.language(), order.version());
    RunResult result = run(order, report, begun);
    report.finish(result);
    boolean saved = outs.save(result.files(), terminal);
    if (report.outputLost()) {
      return ExitCode.OUTPUT;
    }
    int code = RunReport.exitCode(result);
    return code == 0 && !saved ? ExitCode.OUTPUT : code;
  }

  /// Runs it with each case; the program is compiled once.
  ///
  /// @param order makes the order of a case
  /// @return the exit code of the first that did not complete; 1 when all did and one wrote
  ///   something else than expected
  int each(
      Map<String, TestCase> cases,
      java.util.function.Function<TestCase, RunOrder> order,
      Consumer<Sandbox.Run> begun)
      throws SandboxException, InterruptedException {
    int code = 0;
    boolean allPassed = true;
    String batch = "";
    try {
      for (Map.Entry<String, TestCase> each : cases.entrySet()) {
        RunOrder next = order.apply(each.getValue());
        batch = next.batch();
        RunReport report = new RunReport(terminal, json, next.language(), next.version());
        RunResult result = run(next, report, begun);
        Optional<Boolean> passed = each.getValue().passed(report.stdout());
        allPassed &= passed.orElse(true);
        report.finish(result, each.getKey(), passed);
        if (report.outputLost()) {
          return ExitCode.OUTPUT;
        }
        code = code == 0 ? RunReport.exitCode(result) : code;
        if (result.compilation().map(how -> how.exitCode().orElse(1) != 0).orElse(false)) {
          break;
        }
      }
    } finally {
      local.sandbox().release(batch);
    }
    return code == 0 && !allPassed ? 1 : code;
  }

  private RunResult run(RunOrder order, RunReport report, Consumer<Sandbox.Run> begun)
      throws SandboxException, InterruptedException {
    Sandbox.Run run = local.sandbox().start(order, report);
    begun.accept(run);
    Thread onInterrupt = new Thread(() -> interrupt(run), "run-interrupt");
    Runtime.getRuntime().addShutdownHook(onInterrupt);
    RunResult result;
    try {
      result = run.await();
    } catch (InterruptedException stopped) {
      run.cancel();
      throw stopped;
    }
    try {
      Runtime.getRuntime().removeShutdownHook(onInterrupt);
    } catch (IllegalStateException alreadyShuttingDown) {
      // The hook runs, has cancelled the run and waits for it: the result is the cancelled one.
      return result;
    }
    return result;
  }

  /// The program goes with us, and what was made for it. Waits until the main thread has said how
  /// the run ended and removed its directory.
  private void interrupt(Sandbox.Run run) {
    run.cancel();
    try {
      if (!closed.await(10, TimeUnit.SECONDS)) {
        terminal.err().println("quarterdeck: the sandbox was not removed within 10 s");
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  /// Bytes of a case's input.
  static byte[] input(TestCase each) {
    return each.stdin().getBytes(StandardCharsets.UTF_8);
  }
}

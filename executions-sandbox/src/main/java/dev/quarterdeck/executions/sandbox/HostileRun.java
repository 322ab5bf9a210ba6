package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.RunResult;
import dev.quarterdeck.executions.Sandbox;
import dev.quarterdeck.executions.SandboxException;
import dev.quarterdeck.executions.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// One run of a hostile program with its neighbour.
record HostileRun(HostileProgram program, RunResult result, Gathered output, String level) {
  private static final int NEIGHBOUR_SECONDS = 20;
  private static final int SHOWN = 1500;

  /// Runs it to its end.
  ///
  /// @param secret a file of the server
  /// @param port where the host listens on its loopback
  static HostileRun of(LocalSandbox sandbox, HostileProgram program, String secret, int port)
      throws SandboxException, InterruptedException {
    if (program.neighbour().isEmpty()) {
      return alone(sandbox, program, secret, port);
    }
    HostileProgram.Neighbour neighbour = program.neighbour().get();
    Gathered heard = new Gathered();
    Sandbox.Run beside = sandbox.start(neighbour.order(), heard);
    try {
      if (!neighbour.beside()) {
        RunResult before = beside.await();
        if (before.verdict() != Verdict.COMPLETED) {
          throw new SandboxException("the neighbour failed: " + before + " " + heard.stderr());
        }
      } else if (!heard.awaitStdout(NEIGHBOUR_SECONDS)) {
        throw new SandboxException("the neighbour is not ready: " + heard.stderr());
      }
      return alone(sandbox, program, secret, port);
    } finally {
      beside.cancel();
      beside.await();
    }
  }

  private static HostileRun alone(
      LocalSandbox sandbox, HostileProgram program, String secret, int port)
      throws SandboxException, InterruptedException {
    Gathered output = new Gathered();
    RunResult result = sandbox.start(program.order(secret, port), output).await();
    return new HostileRun(program, result, output, sandbox.report().level());
  }

  /// The same run as the outcome of another program: of the one whose limits were raised for it.
  HostileRun as(HostileProgram judged) {
    return new HostileRun(judged, result, output, level);
  }

  /// What was not contained, or not told as it was.
  List<String> failures() {
    List<String> failures = new ArrayList<>();
    Set<Verdict> expected =
        result.level().equals("L3") ? program.verdicts() : program.verdictsWithoutGroups();
    if (!expected.contains(result.verdict())) {
      failures.add("verdict " + result.verdict() + " (expected: " + expected + ")");
    }
    if (!result.evidence().contains(program.evidence())) {
      failures.add("evidence " + result.evidence() + " (expected: " + program.evidence() + ")");
    }
    if (program.open().isEmpty()) {
      escaped().forEach(failures::add);
    }
    if (program.probes() && program.open().isEmpty() && !output.stdout().contains("contained")) {
      failures.add("it did not probe: " + output.stdout() + output.stderr());
    }
    if (output.longest() > program.limits().outputBytes()) {
      failures.add(output.longest() + " bytes of output (expected: within the limit)");
    }
    if (result.level().equals("L3") && result.peakMemoryBytes() > program.limits().memoryBytes()) {
      failures.add(
          result.peakMemoryBytes()
              + " bytes of memory (expected: within "
              + program.limits().memoryBytes()
              + ")");
    }
    if (!result.level().equals(level)) {
      failures.add("level " + result.level() + " (expected: " + level + ")");
    }
    return failures;
  }

  /// Why it succeeded, if that is known of this level; empty when it did not.
  String open() {
    return escaped().findAny().isPresent() ? program.open() : "";
  }

  private Stream<String> escaped() {
    return output.stdout().lines().filter(line -> line.contains("ESCAPED"));
  }

  /// Verdict and evidence, and for who looks for the cause of a failure what it wrote.
  String detail() {
    String detail = result.verdict().text() + ", " + result.evidence();
    String errors = output.stderr();
    boolean tell = !failures().isEmpty() && !errors.isBlank();
    return tell ? detail + "\n" + errors.substring(0, Math.min(SHOWN, errors.length())) : detail;
  }
}

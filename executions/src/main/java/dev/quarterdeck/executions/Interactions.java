package dev.quarterdeck.executions;

import dev.quarterdeck.runtime.Problem;
import java.time.Duration;
import java.util.Optional;

/// Input and signals for programs that run. Nothing here waits for a program.
final class Interactions {
  private final ExecutionStore store;
  private final LiveRuns live;

  Interactions(ExecutionStore store, LiveRuns live) {
    this.store = store;
    this.live = live;
  }

  /// Passes bytes on to a program's standard input, and ends it on demand.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException 404; 409 when it does not run or its input is
  ///   closed; 429 when it has not read what came before
  void stdin(String id, byte[] bytes, boolean close) {
    Execution execution = execution(id);
    if (execution.program().input() != Program.Input.INTERACTIVE) {
      throw conflict(
          "stdin_closed",
          id,
          "got all of its input at its start (expected: one that was started with interactive:"
              + " true)");
    }
    Sandbox.Run run = running(execution);
    if (bytes.length > 0) {
      switch (run.stdin(bytes)) {
        case TAKEN -> {}
        case FULL ->
            throw new Problem.Throttled(
                    "stdin_full",
                    "execution %s: the program has not read what came before; try again when it has"
                        .formatted(id),
                    Duration.ofSeconds(1))
                .raise();
        case CLOSED ->
            throw conflict("stdin_closed", id, "its input is closed, or the program has ended");
      }
    }
    if (close) {
      run.closeStdin();
    }
  }

  /// The same for a program that may still wait for its slot; waits for it.
  void stdinSoon(String id, byte[] bytes, boolean close) {
    Execution execution = execution(id);
    if (execution.finished().isPresent()) {
      return;
    }
    live.awaitRun(id, () -> execution(id).finished().isPresent());
    if (execution(id).finished().isEmpty()) {
      stdin(id, bytes, close);
    }
  }

  /// Sends a signal to a program.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException 404; 409 when it does not run
  void signal(String id, int number) {
    if (!running(execution(id)).signal(number)) {
      throw conflict("execution_not_running", id, "its program has not begun, or has ended");
    }
  }

  private Execution execution(String id) {
    return store.find(id).orElseThrow(() -> Cancellations.notFound(id));
  }

  private Sandbox.Run running(Execution execution) {
    if (execution.finished().isPresent()) {
      throw conflict("execution_finished", execution.id(), "has ended");
    }
    Optional<Sandbox.Run> run = live.find(execution.id()).flatMap(LiveRuns.Live::run);
    return run.orElseThrow(
        () -> conflict("execution_not_running", execution.id(), "does not run yet"));
  }

  private static RuntimeException conflict(String code, String id, String what) {
    return new Problem.Conflict(code, "execution %s: %s".formatted(id, what)).raise();
  }
}

package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.Compilation;
import dev.quarterdeck.executions.sandbox.StageReport.End;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/// The part of a run in which its compiler works. The program begins only after everything that the
/// compiler wrote has been passed on: so both are told apart to the byte, and the program's time
/// begins when it does.
final class CompilerPhase {
  private final long started = System.nanoTime();
  private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
  private final CompletableFuture<Long> passedOn = new CompletableFuture<>();
  private volatile Duration wallTime = Duration.ZERO;
  private volatile Duration cpuTime = Duration.ZERO;

  /// @param used whether there is a compiler; without one this phase is over at once
  CompilerPhase(boolean used) {
    if (!used) {
      ended.complete(true);
      passedOn.complete(0L);
    }
  }

  boolean over() {
    return ended.isDone();
  }

  /// The compiler has ended, or the whole run.
  ///
  /// @param begins whether the program follows
  void end(boolean begins, long cpuNanos) {
    if (!over()) {
      wallTime = Duration.ofNanos(System.nanoTime() - started);
      cpuTime = Duration.ofNanos(cpuNanos);
      ended.complete(begins);
    }
  }

  /// Everything that the compiler wrote was delivered.
  void passedOn(long bytes) {
    passedOn.complete(bytes);
  }

  /// Waits until the program may begin; false when it never will.
  boolean awaitProgram() {
    boolean begins = ended.join();
    passedOn.join();
    return begins;
  }

  /// How much the compiler wrote, once that was delivered.
  long outputBytes() {
    return passedOn.getNow(0L);
  }

  /// How the compiler ended, when there was one and it did.
  Optional<Compilation> result(Optional<End> end) {
    return end.map(
        how ->
            new Compilation(
                how.signalled() ? OptionalInt.empty() : OptionalInt.of(how.number()),
                how.signalled() ? OptionalInt.of(how.number()) : OptionalInt.empty(),
                wallTime,
                cpuTime,
                passedOn.getNow(0L)));
  }
}

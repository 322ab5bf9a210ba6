package dev.quarterdeck.executions;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/// How an execution ended and what it used. The output itself is in the output log.
///
/// @param exitCode the program's own, when it exited by itself
/// @param signal number of the signal that ended it, when one did
/// @param cpuTime of all its processes
/// @param peakMemoryBytes of all its processes together; 0 when unknown
/// @param stdoutBytes number of bytes kept
/// @param stderrBytes number of bytes kept
/// @param compilation how its compiler ended, when it has one and it came to its end
/// @param evidence what the verdict rests on
/// @param level level of the sandbox; `none` when the program never ran
public record Outcome(
    Verdict verdict,
    OptionalInt exitCode,
    OptionalInt signal,
    Duration wallTime,
    Duration cpuTime,
    long peakMemoryBytes,
    long stdoutBytes,
    long stderrBytes,
    boolean stdoutTruncated,
    boolean stderrTruncated,
    Optional<Compilation> compilation,
    String evidence,
    String level) {

  /// The outcome of a run that the sandbox saw to its end.
  static Outcome of(RunResult result, long stdoutBytes, long stderrBytes) {
    return new Outcome(
        result.verdict(),
        result.exitCode(),
        result.signal(),
        result.wallTime(),
        result.cpuTime(),
        result.peakMemoryBytes(),
        stdoutBytes,
        stderrBytes,
        result.stdoutTruncated(),
        result.stderrTruncated(),
        result.compilation(),
        result.evidence(),
        result.level());
  }

  /// The outcome of an execution that did not run, or whose end nobody saw.
  static Outcome withoutRun(Verdict verdict, String evidence) {
    return new Outcome(
        verdict,
        OptionalInt.empty(),
        OptionalInt.empty(),
        Duration.ZERO,
        Duration.ZERO,
        0,
        0,
        0,
        false,
        false,
        Optional.empty(),
        evidence,
        "none");
  }

  /// The same with another verdict and what it rests on.
  Outcome as(Verdict other, String because) {
    return new Outcome(
        other,
        exitCode,
        signal,
        wallTime,
        cpuTime,
        peakMemoryBytes,
        stdoutBytes,
        stderrBytes,
        stdoutTruncated,
        stderrTruncated,
        compilation,
        because,
        level);
  }
}

package dev.quarterdeck.executions;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/// How the program ended with one of its cases. What it wrote stands in the output of the
/// execution, after that of the cases before it.
///
/// @param stdoutBytes number of bytes kept
/// @param stderrBytes number of bytes kept, the compiler's not among them
/// @param passed whether the output was the expected one, when one was given
public record CaseResult(
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
    Optional<Boolean> passed,
    String evidence) {

  static CaseResult of(
      RunResult result, long stdoutBytes, long stderrBytes, Optional<Boolean> passed) {
    return new CaseResult(
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
        passed,
        result.evidence());
  }
}

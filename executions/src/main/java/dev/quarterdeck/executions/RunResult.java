package dev.quarterdeck.executions;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/// How a program ended.
///
/// @param exitCode its exit code, when it exited by itself
/// @param signal number of the signal that ended it, when one did
/// @param wallTime from start to end
/// @param cpuTime of all its processes
/// @param peakMemoryBytes of all its processes together, 0 when the host cannot tell
/// @param compilation how its compiler ended, when it has one and it came to its end
/// @param files what it handed back
/// @param evidence what the verdict rests on: limit, measured value and what enforced it
/// @param level level of the sandbox it ran in
public record RunResult(
    Verdict verdict,
    OptionalInt exitCode,
    OptionalInt signal,
    Duration wallTime,
    Duration cpuTime,
    long peakMemoryBytes,
    Optional<Compilation> compilation,
    boolean stdoutTruncated,
    boolean stderrTruncated,
    CollectedFiles files,
    String evidence,
    String level) {
  /// The end of a run that hands no files back.
  public RunResult(
      Verdict verdict,
      OptionalInt exitCode,
      OptionalInt signal,
      Duration wallTime,
      Duration cpuTime,
      long peakMemoryBytes,
      Optional<Compilation> compilation,
      boolean stdoutTruncated,
      boolean stderrTruncated,
      String evidence,
      String level) {
    this(
        verdict,
        exitCode,
        signal,
        wallTime,
        cpuTime,
        peakMemoryBytes,
        compilation,
        stdoutTruncated,
        stderrTruncated,
        CollectedFiles.NONE,
        evidence,
        level);
  }
}

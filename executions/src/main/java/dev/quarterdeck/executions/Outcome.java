package dev.quarterdeck.executions;

import dev.quarterdeck.executions.CollectedFiles.Omitted;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// How an execution ended and what it used. The output itself is in the output log, except for the
/// last of it.
///
/// @param exitCode the program's own, when it exited by itself
/// @param signal number of the signal that ended it, when one did
/// @param cpuTime of all its processes
/// @param peakMemoryBytes of all its processes together; 0 when unknown
/// @param stdoutBytes number of bytes kept
/// @param stderrBytes number of bytes kept
/// @param compilation how its compiler ended, when it has one and it came to its end
/// @param cases how each case ended, of those that were run
/// @param files what it handed back
/// @param omittedFiles what it was asked for and did not hand back
/// @param lastOutput the last of its output, when that is little
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
    List<CaseResult> cases,
    List<FileEntry> files,
    List<Omitted> omittedFiles,
    List<LastOutput> lastOutput,
    String evidence,
    String level) {
  /// Documents that are older than a field do not hold it.
  public Outcome(
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
      @Nullable List<CaseResult> cases,
      @Nullable List<FileEntry> files,
      @Nullable List<Omitted> omittedFiles,
      @Nullable List<LastOutput> lastOutput,
      String evidence,
      String level) {
    this.verdict = verdict;
    this.exitCode = exitCode;
    this.signal = signal;
    this.wallTime = wallTime;
    this.cpuTime = cpuTime;
    this.peakMemoryBytes = peakMemoryBytes;
    this.stdoutBytes = stdoutBytes;
    this.stderrBytes = stderrBytes;
    this.stdoutTruncated = stdoutTruncated;
    this.stderrTruncated = stderrTruncated;
    this.compilation = compilation;
    this.cases = cases == null ? List.of() : List.copyOf(cases);
    this.files = files == null ? List.of() : List.copyOf(files);
    this.omittedFiles = omittedFiles == null ? List.of() : List.copyOf(omittedFiles);
    this.lastOutput = lastOutput == null ? List.of() : List.copyOf(lastOutput);
    this.evidence = evidence;
    this.level = level;
  }

  /// The outcome of a run that the sandbox saw to its end.
  static Outcome of(
      RunResult result, long stdoutBytes, long stderrBytes, List<LastOutput> lastOutput) {
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
        List.of(),
        result.files().files().stream()
            .map(file -> new FileEntry(file.name(), file.content().length))
            .toList(),
        result.files().omitted(),
        lastOutput,
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
        List.of(),
        List.of(),
        List.of(),
        List.of(),
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
        cases,
        files,
        omittedFiles,
        lastOutput,
        because,
        level);
  }
}

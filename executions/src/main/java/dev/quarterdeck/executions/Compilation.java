package dev.quarterdeck.executions;

import java.time.Duration;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// How the compiler of a program ended and what it used.
///
/// @param exitCode its exit code, when it exited by itself
/// @param signal number of the signal that ended it, when one did
/// @param cpuTime of all its processes
/// @param outputBytes how many bytes at the beginning of standard error are the compiler's; what
///   follows is the program's
/// @param origin whether it ran for this execution
public record Compilation(
    OptionalInt exitCode,
    OptionalInt signal,
    Duration wallTime,
    Duration cpuTime,
    long outputBytes,
    Origin origin) {
  /// Where what was compiled comes from.
  public enum Origin {
    /// The compiler ran.
    COMPILER,
    /// The same program was compiled before.
    CACHE
  }

  /// Documents that are older than a field do not hold it.
  public Compilation(
      OptionalInt exitCode,
      OptionalInt signal,
      Duration wallTime,
      Duration cpuTime,
      long outputBytes,
      @Nullable Origin origin) {
    this.exitCode = exitCode;
    this.signal = signal;
    this.wallTime = wallTime;
    this.cpuTime = cpuTime;
    this.outputBytes = outputBytes;
    this.origin = origin == null ? Origin.COMPILER : origin;
  }

  /// The compiler ran.
  public Compilation(
      OptionalInt exitCode,
      OptionalInt signal,
      Duration wallTime,
      Duration cpuTime,
      long outputBytes) {
    this(exitCode, signal, wallTime, cpuTime, outputBytes, Origin.COMPILER);
  }

  /// The compiler need not run, and said so much when it did.
  public static Compilation fromCache(long outputBytes) {
    return new Compilation(
        OptionalInt.of(0),
        OptionalInt.empty(),
        Duration.ZERO,
        Duration.ZERO,
        outputBytes,
        Origin.CACHE);
  }
}

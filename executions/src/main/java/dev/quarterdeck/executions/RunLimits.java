package dev.quarterdeck.executions;

import java.time.Duration;

/// What a program may use. Every limit is enforced by the kernel or by the sandbox's own kill.
///
/// @param wallTime from the start of the program to its end
/// @param cpuTime processor time of all its processes together
/// @param memoryBytes of all its processes together
/// @param cpuMillis thousandths of a processor that it gets per time
/// @param processes processes and threads at once
/// @param fileBytes size of one file
/// @param diskBytes size of all its files
/// @param files number of all its files and directories
/// @param outputBytes of each of its two output streams; more ends the program
public record RunLimits(
    Duration wallTime,
    Duration cpuTime,
    long memoryBytes,
    long cpuMillis,
    int processes,
    long fileBytes,
    long diskBytes,
    int files,
    long outputBytes) {
  /// Each limit, but none over that of another.
  public RunLimits atMost(RunLimits most) {
    return new RunLimits(
        shorter(wallTime, most.wallTime),
        shorter(cpuTime, most.cpuTime),
        Math.min(memoryBytes, most.memoryBytes),
        Math.min(cpuMillis, most.cpuMillis),
        Math.min(processes, most.processes),
        Math.min(fileBytes, most.fileBytes),
        Math.min(diskBytes, most.diskBytes),
        Math.min(files, most.files),
        Math.min(outputBytes, most.outputBytes));
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}

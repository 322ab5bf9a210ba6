package dev.quarterdeck.executions;

import java.time.Duration;
import java.util.OptionalInt;

/// How the compiler of a program ended and what it used.
///
/// @param exitCode its exit code, when it exited by itself
/// @param signal number of the signal that ended it, when one did
/// @param cpuTime of all its processes
/// @param outputBytes how many bytes at the beginning of standard error are the compiler's; what
///   follows is the program's
public record Compilation(
    OptionalInt exitCode,
    OptionalInt signal,
    Duration wallTime,
    Duration cpuTime,
    long outputBytes) {}

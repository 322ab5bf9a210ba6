package dev.quarterdeck.executions;

import java.util.Locale;

/// How an execution ended, from what the kernel says, never from what the program says of itself.
public enum Verdict {
  /// Exit code 0.
  COMPLETED,
  /// Another exit code.
  FAILED,
  /// Ended by a signal that was not ours.
  SIGNALLED,
  /// Used up its processor time.
  CPU_TIME_LIMIT,
  /// Ran too long.
  WALL_TIME_LIMIT,
  /// Killed by the kernel for memory.
  MEMORY_LIMIT,
  /// Wrote too much.
  OUTPUT_LIMIT,
  /// Failed after it was refused a process.
  PROCESS_LIMIT,
  /// Failed after it was refused disk space.
  DISK_LIMIT,
  /// Did not compile.
  COMPILE_ERROR,
  /// Stopped by its owner.
  CANCELLED,
  /// The sandbox or the server failed, not the program.
  SANDBOX_ERROR;

  private final String text = name().toLowerCase(Locale.ROOT);

  /// The name on the wire.
  public String text() {
    return text;
  }
}

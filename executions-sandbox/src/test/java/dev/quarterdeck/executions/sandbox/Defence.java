package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.RunLimits;
import java.time.Duration;

/// One thing that the sandbox does against hostile programs. The controls leave it out: limits by
/// raising them to a bound that does not hurt the host, everything else by `bwrap-without.py`,
/// which stands in for bubblewrap and knows these names. Production code has no such switch.
enum Defence {
  WALL_TIME,
  CPU_TIME,
  MEMORY,
  PROCESS_COUNT,
  FILE_SIZE,
  DISK,
  FILES,
  OUTPUT,
  COMPILE_TIME,
  SECCOMP,
  CAPABILITIES,
  USER_NAMESPACES,
  PROCESSES,
  NETWORK,
  IPC,
  SESSION,
  USER_ID,
  ENVIRONMENT,
  HOST_FILES,
  DEVICES,
  FRESH_FILES,
  SHARED_MEMORY,
  READ_ONLY_PROGRAM,
  READ_ONLY_ROOT,
  UNREADABLE_STAGE,
  CLOSED_REPORT,
  EXIT_FROM_JOBS,
  PROCESS_LIMITS,
  CLOSED_DESCRIPTORS;

  private static final Duration LONG = Duration.ofSeconds(60);

  /// Whether it is a limit of the run.
  boolean isLimit() {
    return ordinal() <= COMPILE_TIME.ordinal();
  }

  /// A program with this limit raised.
  HostileProgram raise(HostileProgram program) {
    RunLimits now = program.limits();
    return program.within(
        new RunLimits(
            this == WALL_TIME ? LONG : now.wallTime(),
            this == CPU_TIME ? LONG : now.cpuTime(),
            this == MEMORY ? 1L << 30 : now.memoryBytes(),
            now.cpuMillis(),
            this == PROCESS_COUNT ? 400 : now.processes(),
            this == FILE_SIZE ? 20L << 30 : now.fileBytes(),
            this == DISK ? 256L << 20 : now.diskBytes(),
            this == FILES ? 100_000 : now.files(),
            this == OUTPUT ? 64L << 20 : now.outputBytes()),
        this == COMPILE_TIME ? LONG : program.compileTime());
  }
}

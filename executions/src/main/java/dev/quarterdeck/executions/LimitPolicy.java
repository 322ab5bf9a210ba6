package dev.quarterdeck.executions;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/// What every run may use, and how many run at once, from the settings and from this machine.
public final class LimitPolicy {
  /// Processes and threads of a run at once: enough for every tool chain, too few for a fork bomb.
  static final int PROCESSES = 64;

  /// Size of all files of a run together.
  static final long DISK_BYTES = 64L * 1024 * 1024;

  /// Number of files and directories of a run.
  static final int FILES = 4096;

  /// Runs per processor: programs that people try out wait more than they compute.
  static final int RUNS_PER_PROCESSOR = 2;

  private LimitPolicy() {}

  /// The limits of a run. The processor time is what the share of processors gives in the wall
  /// time, so that a program that computes all the time meets the wall limit and one that gets more
  /// than its share meets the processor limit; never under a second.
  public static RunLimits limits(PodSettings pod, ExecutionSettings settings) {
    Duration wall = pod.podExecutionTimeout();
    long cpuMillis = pod.podCpuLimit().millis();
    Duration cpu = wall.multipliedBy(cpuMillis).dividedBy(1000);
    Duration floor = Duration.ofSeconds(1);
    return new RunLimits(
        wall,
        cpu.compareTo(floor) < 0 ? floor : cpu,
        pod.podMemoryLimit().bytes(),
        cpuMillis,
        PROCESSES,
        DISK_BYTES,
        DISK_BYTES,
        FILES,
        settings.outputMaxBytes().bytes());
  }

  /// How many run at once: the setting, else what the processors allow, as long as all together may
  /// use at most half of the memory; at least one.
  public static int slots(PodSettings pod, ExecutionSettings settings) {
    return settings
        .executionSlots()
        .orElseGet(
            () ->
                computedSlots(
                    Runtime.getRuntime().availableProcessors(),
                    machineMemory(),
                    pod.podMemoryLimit().bytes()));
  }

  static int computedSlots(int processors, long memory, long memoryOfOne) {
    long byMemory = memory / 2 / Math.max(1, memoryOfOne);
    return (int) Math.clamp(byMemory, 1, (long) processors * RUNS_PER_PROCESSOR);
  }

  private static long machineMemory() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean machine
        ? machine.getTotalMemorySize()
        : Runtime.getRuntime().maxMemory();
  }
}

package dev.quarterdeck.executions;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/// What every run may use, and how many run at once, from the settings and from this machine.
public final class LimitPolicy {
  /// Runs per processor: programs that people try out wait more than they compute.
  static final int RUNS_PER_PROCESSOR = 2;

  static final int MOST_RUNTIMES = 32;

  /// What a waiting sandbox takes at most, its zygote included.
  static final long READY_SANDBOX_BYTES = 16L * 1024 * 1024;

  private LimitPolicy() {}

  /// The limits of a run. The processor time, unless it is set, is what the share of processors
  /// gives in the wall time, so that a program that computes all the time meets the wall limit and
  /// one that gets more than its share meets the processor limit; never under a second.
  public static RunLimits limits(PodSettings pod, ExecutionSettings settings, RunSettings run) {
    Duration wall = pod.podExecutionTimeout();
    long cpuMillis = pod.podCpuLimit().millis();
    Duration cpu = wall.multipliedBy(cpuMillis).dividedBy(1000);
    Duration floor = Duration.ofSeconds(1);
    return new RunLimits(
        wall,
        run.maxCpuTime().orElse(cpu.compareTo(floor) < 0 ? floor : cpu),
        pod.podMemoryLimit().bytes(),
        cpuMillis,
        run.maxProcesses(),
        run.maxFileSize().bytes(),
        run.maxDisk().bytes(),
        run.maxFiles(),
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

  /// How many sandboxes wait ready: the setting, else two more than run at once, since one is not
  /// ready again the moment its run has ended; as many as the memory for them allows.
  public static int readySandboxes(PodSettings pod, ExecutionSettings settings) {
    int wanted = settings.sandboxPoolSize().orElseGet(() -> slots(pod, settings) + 2);
    return (int) Math.min(wanted, settings.sandboxPoolMemory().bytes() / READY_SANDBOX_BYTES);
  }

  /// How many started runtimes may wait besides: as many, few enough that each can have a user id.
  public static int readyRuntimes(PodSettings pod, ExecutionSettings settings) {
    int wanted = settings.sandboxPoolSize().orElseGet(() -> slots(pod, settings) + 2);
    return Math.min(wanted, MOST_RUNTIMES);
  }

  /// What waiting runtimes may take: the memory that the other waiting sandboxes leave.
  public static long readyRuntimeBytes(PodSettings pod, ExecutionSettings settings) {
    return settings.sandboxPoolMemory().bytes()
        - readySandboxes(pod, settings) * READY_SANDBOX_BYTES;
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

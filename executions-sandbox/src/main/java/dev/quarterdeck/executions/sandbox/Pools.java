package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.SandboxPool;
import dev.quarterdeck.executions.SandboxReport;
import java.util.List;
import java.util.Map;

/// Says how the pools of ready sandboxes stand, from what is counted and from what was found.
final class Pools {
  /// The findings that say whether the host can keep them.
  static final String AHEAD = "sandboxes ahead";

  static final String RUNTIMES = "runtimes ahead";

  private static final String READY = "sandbox_ready";
  private static final String RUNTIME_BYTES = "sandbox_runtimes_idle_memory_bytes";

  private Pools() {}

  static List<SandboxPool> of(
      LocalSandboxSettings settings, SandboxReport report, Map<String, Long> counters) {
    long runtimes =
        counters.entrySet().stream()
            .filter(each -> each.getKey().endsWith("_waiting"))
            .mapToLong(Map.Entry::getValue)
            .sum();
    return List.of(
        new SandboxPool(
            "sandboxes",
            counters.getOrDefault(READY, 0L),
            counters.getOrDefault("sandbox_starting", 0L),
            counters.getOrDefault("sandbox_idle_memory_bytes", 0L),
            off(settings.zygotes() > 0, counters.containsKey(READY), AHEAD, report),
            settings.zygotes() > 0),
        new SandboxPool(
            "runtimes",
            runtimes,
            counters.getOrDefault("sandbox_runtimes_starting", 0L),
            counters.getOrDefault(RUNTIME_BYTES, 0L),
            off(settings.runtimes() > 0, counters.containsKey(RUNTIME_BYTES), RUNTIMES, report),
            settings.runtimes() > 0));
  }

  private static String off(boolean wanted, boolean works, String finding, SandboxReport report) {
    if (!wanted) {
      return "the settings want none (SANDBOX_POOL_SIZE, SANDBOX_POOL_MEMORY)";
    }
    if (works) {
      return "";
    }
    if (!report.mayRun()) {
      return "no program may run on this host";
    }
    if (report.level().equals("L1")) {
      return "there are none at level L1";
    }
    return report.findings().stream().anyMatch(each -> each.name().equals(finding) && !each.ok())
        ? "this host cannot keep them; quarterdeck doctor says why"
        : "the first one is being started";
  }
}

package dev.quarterdeck.executions;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalInt;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a run used, in the units of the API.
public final class Usage {
  private static final int TICKS_PER_SECOND = 100;
  private static final int SIGNAL_BASE = 128;

  private Usage() {}

  /// The `resource_usage` object.
  public static ObjectNode json(Outcome outcome) {
    ObjectNode usage = JsonNodeFactory.instance.objectNode();
    usage.put(
        "execution_time_wall_seconds",
        BigDecimal.valueOf(outcome.wallTime().toNanos(), 9)
            .setScale(6, RoundingMode.HALF_UP)
            .doubleValue());
    usage.put("cpu_time_jiffies", outcome.cpuTime().toMillis() * TICKS_PER_SECOND / 1000);
    usage.put("clk_tck_hertz", TICKS_PER_SECOND);
    usage.put("peak_memory_kb", outcome.peakMemoryBytes() / 1024);
    usage.put("cpu_time_seconds", outcome.cpuTime().toNanos() / 1e9);
    return usage;
  }

  /// The exit code as a shell would give it: 128 and the signal when a signal ended the program;
  /// empty when there was no end to speak of.
  public static OptionalInt exitCode(Outcome outcome) {
    if (outcome.exitCode().isPresent()) {
      return outcome.exitCode();
    }
    return outcome.signal().isPresent()
        ? OptionalInt.of(SIGNAL_BASE + outcome.signal().getAsInt())
        : OptionalInt.empty();
  }
}

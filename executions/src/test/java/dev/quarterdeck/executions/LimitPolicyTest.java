package dev.quarterdeck.executions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.settings.units.ByteSize;
import dev.quarterdeck.settings.units.CpuQuantity;
import dev.quarterdeck.settings.units.MemoryQuantity;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LimitPolicyTest {
  private static RunLimits limits(long cpuMillis, long memory, Duration wall) {
    PodSettings pod =
        new PodSettings(
            "x",
            new CpuQuantity(cpuMillis, ""),
            new CpuQuantity(1, ""),
            new MemoryQuantity(memory, ""),
            new MemoryQuantity(1, ""),
            wall);
    return LimitPolicy.limits(pod, Fixture.settings(Fixture.Options.defaults()), Fixture.run());
  }

  @Test
  void takesTheLimitsOfPodsForEveryRun() {
    RunLimits small = limits(500, 1 << 20, Duration.ofSeconds(5));
    RunLimits large = limits(2000, 1 << 30, Duration.ofSeconds(300));

    assertThat(small.cpuMillis()).isEqualTo(500);
    assertThat(large.cpuMillis()).isEqualTo(2000);
    assertThat(small.memoryBytes()).isEqualTo(1 << 20);
    assertThat(large.memoryBytes()).isEqualTo(1 << 30);
    assertThat(small.wallTime()).isEqualTo(Duration.ofSeconds(5));
    assertThat(large.wallTime()).isEqualTo(Duration.ofSeconds(300));
    assertThat(small.outputBytes()).isEqualTo(1 << 20);
  }

  @Test
  void givesTheProcessorTimeOfTheShareButNeverUnderASecond() {
    assertThat(limits(500, 1, Duration.ofSeconds(10)).cpuTime()).isEqualTo(Duration.ofSeconds(5));
    assertThat(limits(2000, 1, Duration.ofSeconds(10)).cpuTime()).isEqualTo(Duration.ofSeconds(20));
    assertThat(limits(100, 1, Duration.ofMillis(100)).cpuTime()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void takesTheOtherLimitsFromTheSettingsOfRuns() {
    RunLimits limits =
        LimitPolicy.limits(
            Fixture.pod(),
            Fixture.settings(Fixture.Options.defaults()),
            new RunSettings(
                Optional.of(Duration.ofSeconds(7)),
                8,
                new ByteSize(1000, "1kB"),
                new ByteSize(100_000, "100kB"),
                30,
                1,
                new ByteSize(1000, "1kB"),
                1,
                new ByteSize(0, "0B")));

    assertThat(limits.cpuTime()).isEqualTo(Duration.ofSeconds(7));
    assertThat(limits.processes()).isEqualTo(8);
    assertThat(limits.fileBytes()).isEqualTo(1000);
    assertThat(limits.diskBytes()).isEqualTo(100_000);
    assertThat(limits.files()).isEqualTo(30);
  }

  @Test
  void runsTwoPerProcessorAsLongAsHalfTheMemoryHoldsThem() {
    long gib = 1L << 30;
    assertThat(LimitPolicy.computedSlots(2, 8 * gib, 128 << 20)).isEqualTo(4);
    assertThat(LimitPolicy.computedSlots(64, 8 * gib, 128 << 20)).isEqualTo(32);
    assertThat(LimitPolicy.computedSlots(2, gib / 8, 128 << 20)).isEqualTo(1);
  }

  @Test
  void leavesToRuntimesThatWaitWhatTheOtherSandboxesDoNotTake() {
    ExecutionSettings settings = Fixture.settings(Fixture.Options.defaults());
    int sandboxes = LimitPolicy.readySandboxes(Fixture.pod(), settings);
    assertThat(LimitPolicy.readyRuntimeBytes(Fixture.pod(), settings))
        .isEqualTo(
            settings.sandboxPoolMemory().bytes() - sandboxes * LimitPolicy.READY_SANDBOX_BYTES)
        .isNotNegative();
    assertThat(LimitPolicy.readyRuntimes(Fixture.pod(), settings))
        .isBetween(sandboxes, LimitPolicy.MOST_RUNTIMES);
  }
}

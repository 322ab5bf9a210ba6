package dev.quarterdeck.executions;

import dev.quarterdeck.settings.Setting;
import dev.quarterdeck.settings.Spelled;
import dev.quarterdeck.settings.units.ByteSize;
import java.time.Duration;
import java.util.Optional;

/// Where programs run, how many at once, and how long their traces are kept.
public record ExecutionSettings(
    @Setting(
            value =
                "Where code runs; auto is kubernetes only when a kubeconfig is set explicitly, else"
                    + " the local sandbox.",
            fallback = "auto")
        Backend executionBackend,
    @Setting(
            value = "Programs that run at once.",
            computed = "from processors and memory",
            min = "1",
            max = "1024")
        Optional<Integer> executionSlots,
    @Setting(
            value = "Executions that may wait; past it 429 with Retry-After.",
            fallback = "1000",
            min = "1")
        int executionQueueMax,
    @Setting(
            value = "Executions of one user that may wait; past it 429 with Retry-After.",
            fallback = "100",
            min = "1")
        int executionQueueMaxPerUser,
    @Setting(
            value = "Executions, results and output older than this are deleted.",
            fallback = "30",
            unit = "d",
            min = "1h")
        Duration executionRetentionDays,
    @Setting(
            value = "Output of one stream that is kept; a program that writes more is ended.",
            fallback = "1MiB",
            min = "1kB",
            max = "1GiB")
        ByteSize outputMaxBytes,
    @Setting(
            value = "Body of an upload, where a route takes more than 10 MB.",
            fallback = "100MB",
            min = "1kB")
        ByteSize uploadMaxBytes,
    @Setting(
            value = "Free space of DATA_DIR below which new executions are refused with 503.",
            fallback = "200MB")
        ByteSize diskLowWatermark,
    @Setting(value = "Weakest level of the sandbox that may run code.", fallback = "L2")
        SandboxLevel sandboxMinLevel,
    @Setting(
            value =
                "Most sandboxes that wait ready for programs, so that these start faster, and as"
                    + " many again (up to 32) with a started runtime of Node or Java once these"
                    + " are used; 0 for none.",
            computed = "two more than execution_slots",
            min = "0",
            max = "256")
        Optional<Integer> sandboxPoolSize,
    @Setting(
            value = "Memory that waiting sandboxes may take together; bounds sandbox_pool_size.",
            fallback = "200MiB")
        ByteSize sandboxPoolMemory) {

  /// The back ends.
  public enum Backend {
    AUTO,
    SANDBOX,
    KUBERNETES
  }

  /// Levels of the local sandbox, the strongest last.
  public enum SandboxLevel {
    @Spelled("L1")
    L1,
    @Spelled("L2")
    L2,
    @Spelled("L3")
    L3
  }
}

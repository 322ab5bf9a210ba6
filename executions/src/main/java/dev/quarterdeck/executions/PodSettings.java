package dev.quarterdeck.executions;

import dev.quarterdeck.settings.Checked;
import dev.quarterdeck.settings.Rules;
import dev.quarterdeck.settings.Setting;
import dev.quarterdeck.settings.units.CpuQuantity;
import dev.quarterdeck.settings.units.MemoryQuantity;
import java.time.Duration;

/// Resources of a run, in the local sandbox and in pods alike.
public record PodSettings(
    @Setting(
            value = "Namespace of executor pods.",
            fallback = "integr8scode",
            pattern = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")
        String namespace,
    @Setting(value = "Processor time that a run gets per time.", fallback = "1000m")
        CpuQuantity podCpuLimit,
    @Setting(value = "Processor time that is kept for a pod.", fallback = "200m")
        CpuQuantity podCpuRequest,
    @Setting(value = "Memory of a run, all its processes together.", fallback = "128Mi")
        MemoryQuantity podMemoryLimit,
    @Setting(value = "Memory that is kept for a pod.", fallback = "128Mi")
        MemoryQuantity podMemoryRequest,
    @Setting(
            value = "Wall-clock limit of a run.",
            fallback = "300",
            unit = "s",
            min = "100ms",
            max = "24h")
        Duration podExecutionTimeout)
    implements Checked {

  @Override
  public void check(Rules rules) {
    rules.require(!namespace.equals("default"), "namespace", "a namespace other than default");
    rules.require(
        podCpuRequest.millis() <= podCpuLimit.millis(),
        "pod_cpu_request",
        "at most pod_cpu_limit",
        "pod_cpu_limit");
    rules.require(
        podMemoryRequest.bytes() <= podMemoryLimit.bytes(),
        "pod_memory_request",
        "at most pod_memory_limit",
        "pod_memory_limit");
  }
}

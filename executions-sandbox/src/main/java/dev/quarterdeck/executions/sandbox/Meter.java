package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.RunLimits;
import java.io.IOException;
import java.util.List;

/// Measures a run while it lasts, finds its processes, and kills them: by its control group where
/// there is one, else through `/proc`.
sealed interface Meter {
  /// What measures, for evidence: `cgroup v1`.
  String name();

  /// Looks at the processes; call it often while the run lasts.
  void sample() throws IOException;

  long cpuNanos() throws IOException;

  long peakBytes() throws IOException;

  /// Whether the memory limit was exceeded and the kernel will not act on it.
  boolean overMemory();

  long oomKills() throws IOException;

  long refusedForks() throws IOException;

  /// Sends SIGKILL to every process of the run but the outer bubblewrap, which ends by itself when
  /// process 1 of the sandbox is dead, and reaps it: so no zombie is left to the host.
  ///
  /// @return whether there was any
  boolean kill() throws IOException;

  /// Whether no process is left.
  boolean gone() throws IOException;

  /// Frees what measuring took.
  void close() throws IOException;

  /// By a control group.
  record ByGroup(RunGroup group, long outer) implements Meter {
    @Override
    public String name() {
      return group.version();
    }

    @Override
    public void sample() {
      // The kernel counts.
    }

    @Override
    public long cpuNanos() throws IOException {
      return group.cpuNanos();
    }

    @Override
    public long peakBytes() throws IOException {
      return group.peakBytes();
    }

    @Override
    public boolean overMemory() {
      return false;
    }

    @Override
    public long oomKills() throws IOException {
      return group.oomKills();
    }

    @Override
    public long refusedForks() throws IOException {
      return group.refusedForks();
    }

    @Override
    public boolean kill() throws IOException {
      List<Long> processes = group.processes();
      group.kill(outer);
      return processes.stream().anyMatch(pid -> pid != outer);
    }

    @Override
    public boolean gone() throws IOException {
      return group.processes().isEmpty();
    }

    @Override
    public void close() throws IOException {
      group.remove();
    }
  }

  /// By looking at `/proc` now and then.
  final class ByWatching implements Meter {
    private final RunLimits limits;
    private final long outer;
    private long cpuNanos;
    private long peakBytes;
    private long refusedForks;

    ByWatching(RunLimits limits, long outer) {
      this.limits = limits;
      this.outer = outer;
    }

    @Override
    public String name() {
      return "watchdog";
    }

    @Override
    public synchronized void sample() {
      ProcessTree.Usage usage = ProcessTree.usage(ProcessTree.of(outer), limits.memoryBytes());
      cpuNanos = Math.max(cpuNanos, usage.cpuNanos());
      peakBytes = Math.max(peakBytes, usage.memoryBytes());
      if (usage.processes() >= limits.processes() + Stage.OWN_PROCESSES) {
        refusedForks++;
      }
    }

    @Override
    public synchronized long cpuNanos() {
      return cpuNanos;
    }

    @Override
    public synchronized long peakBytes() {
      return peakBytes;
    }

    @Override
    public synchronized boolean overMemory() {
      return peakBytes > limits.memoryBytes();
    }

    @Override
    public long oomKills() {
      return 0;
    }

    @Override
    public synchronized long refusedForks() {
      return refusedForks;
    }

    @Override
    public boolean kill() {
      List<Long> processes = ProcessTree.of(outer);
      processes.stream().skip(1).forEach(Signals::kill);
      return processes.size() > 1;
    }

    @Override
    public boolean gone() {
      // Once the outer bubblewrap has ended, process 1 has, and with it its whole namespace.
      return true;
    }

    @Override
    public void close() {
      // Holds nothing.
    }
  }
}

package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.RunLimits;
import java.io.IOException;
import java.util.List;
import java.util.function.LongPredicate;

/// Measures a run while it lasts, finds its processes, and kills them: by its control group where
/// there is one, else through `/proc`.
sealed interface Meter permits Meter.ByGroup, Meter.ByWatching, MarkedProcesses, Meter.Later {
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

  /// Most processes and threads seen at once, where the kernel does not keep a run to its limit of
  /// them; else 0.
  default long mostProcesses() {
    return 0;
  }

  /// Sends SIGKILL to every process of the run but the outer bubblewrap, which ends by itself when
  /// process 1 of the sandbox is dead, and reaps it: so no zombie is left to the host.
  ///
  /// @return whether there was any
  boolean kill() throws IOException;

  /// Whether no process is left.
  boolean gone() throws IOException;

  /// Frees what measuring took.
  void close() throws IOException;

  /// Whether it sees only what is there when it looks, so that it must look often.
  default boolean mustLookOften() {
    return true;
  }

  /// By a control group.
  ///
  /// @param around tells the processes in the group that are not of the run but around it
  record ByGroup(RunGroup group, LongPredicate around) implements Meter {
    /// Of a sandbox whose outer bubblewrap is in the group, and ends and is reaped by itself.
    static ByGroup below(RunGroup group, long outer) {
      return new ByGroup(group, pid -> pid == outer);
    }

    @Override
    public String name() {
      return group.version();
    }

    @Override
    public boolean mustLookOften() {
      return false;
    }

    @Override
    public void sample() throws IOException {
      group.sample();
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
      List<Long> inside = inside();
      inside.forEach(Signals::kill);
      return !inside.isEmpty();
    }

    @Override
    public boolean gone() throws IOException {
      return inside().isEmpty();
    }

    private List<Long> inside() throws IOException {
      return group.processes().stream().filter(pid -> !around.test(pid)).toList();
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
    private final LongPredicate finished;
    private long cpuNanos;
    private long peakBytes;
    private long refusedForks;

    ByWatching(RunLimits limits, long outer) {
      this(limits, outer, pid -> false);
    }

    /// @param finished tells processes that have ended for all that matters
    ByWatching(RunLimits limits, long outer, LongPredicate finished) {
      this.limits = limits;
      this.outer = outer;
      this.finished = finished;
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
      List<Long> inside =
          ProcessTree.of(outer).stream().skip(1).filter(pid -> !finished.test(pid)).toList();
      inside.forEach(Signals::kill);
      return !inside.isEmpty();
    }

    @Override
    public boolean gone() {
      // Nothing can leave the tree: see ProcessTree.
      return ProcessTree.of(outer).stream().skip(1).allMatch(finished::test);
    }

    @Override
    public void close() {
      // Holds nothing.
    }
  }

  /// By another, in a sandbox that was there before its program: the time until then is not the
  /// program's.
  ///
  /// @param cpuBefore what had been used until then, nanoseconds
  record Later(Meter whole, long cpuBefore) implements Meter {
    @Override
    public String name() {
      return whole.name();
    }

    @Override
    public void sample() throws IOException {
      whole.sample();
    }

    @Override
    public long cpuNanos() throws IOException {
      return Math.max(0, whole.cpuNanos() - cpuBefore);
    }

    @Override
    public long peakBytes() throws IOException {
      return whole.peakBytes();
    }

    @Override
    public boolean overMemory() {
      return whole.overMemory();
    }

    @Override
    public long oomKills() throws IOException {
      return whole.oomKills();
    }

    @Override
    public long refusedForks() throws IOException {
      return whole.refusedForks();
    }

    @Override
    public boolean kill() throws IOException {
      return whole.kill();
    }

    @Override
    public boolean gone() throws IOException {
      return whole.gone();
    }

    @Override
    public void close() throws IOException {
      whole.close();
    }

    @Override
    public boolean mustLookOften() {
      return whole.mustLookOften();
    }
  }
}

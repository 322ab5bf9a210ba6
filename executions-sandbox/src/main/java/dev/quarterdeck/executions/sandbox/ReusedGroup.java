package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.RunLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// One run's view of a control group in which something was before it: everything is counted from
/// the beginning of this run.
final class ReusedGroup implements RunGroup {
  private static final long STEP = 1 << 20;

  private final RunGroup group;
  private final long aroundBytes;
  private final long limitBytes;
  private final long cpuBefore;
  private final long oomKillsBefore;
  private final long refusedForksBefore;

  /// Begins a run in a group in which others were before.
  ///
  /// @param ownBytes part of the memory in use that counts as the run's
  static ReusedGroup shared(RunGroup group, RunLimits limits, long ownBytes, int aroundProcesses)
      throws IOException {
    long around = Math.max(0, group.usedBytes() - ownBytes);
    ReusedGroup shared = new ReusedGroup(group, limits, around, aroundProcesses);
    group.forgetPeak();
    return shared;
  }

  /// Begins the only run of a group.
  ///
  /// @param ownBytes memory that counts as the run's and is another group's
  static ReusedGroup alone(RunGroup group, RunLimits limits, long ownBytes, int aroundProcesses)
      throws IOException {
    return new ReusedGroup(group, limits, group.usedBytes() - ownBytes, aroundProcesses);
  }

  /// @param aroundBytes memory in use that is not the run's; negative when some of its own is not
  ///   counted here
  private ReusedGroup(RunGroup group, RunLimits limits, long aroundBytes, int aroundProcesses)
      throws IOException {
    this.group = group;
    this.limitBytes = limits.memoryBytes();
    this.aroundBytes = aroundBytes;
    // In steps, so that the limit seldom has to be written.
    group.limit(limits, Math.ceilDiv(aroundBytes, STEP) * STEP, aroundProcesses);
    this.oomKillsBefore = group.oomKills();
    this.refusedForksBefore = group.refusedForks();
    this.cpuBefore = group.cpuNanos();
  }

  @Override
  public String version() {
    return group.version();
  }

  @Override
  public void sample() throws IOException {
    group.sample();
  }

  @Override
  public List<Path> joinFiles() {
    return group.joinFiles();
  }

  @Override
  public long cpuNanos() throws IOException {
    return group.cpuNanos() - cpuBefore;
  }

  @Override
  public long peakBytes() throws IOException {
    return Math.clamp(group.peakBytes() - aroundBytes, 0, limitBytes);
  }

  @Override
  public long oomKills() throws IOException {
    return group.oomKills() - oomKillsBefore;
  }

  @Override
  public long refusedForks() throws IOException {
    return group.refusedForks() - refusedForksBefore;
  }

  @Override
  public long usedBytes() throws IOException {
    return Math.max(0, group.usedBytes() - aroundBytes);
  }

  @Override
  public void limit(RunLimits limits, long around, int aroundProcesses) throws IOException {
    group.limit(limits, aroundBytes + around, aroundProcesses);
  }

  @Override
  public void forgetPeak() throws IOException {
    group.forgetPeak();
  }

  @Override
  public List<Long> processes() throws IOException {
    return group.processes();
  }

  @Override
  public void remove() {
    // The next run needs it.
  }
}

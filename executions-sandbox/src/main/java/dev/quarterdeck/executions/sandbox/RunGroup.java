package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.RunLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The control group of one run: its limits, and what the kernel says about it.
interface RunGroup {
  /// What this is called in evidence: `cgroup memory`.
  String version();

  /// Files to which the launching shell writes its process id.
  List<Path> joinFiles();

  /// Processor time of all processes that ever were in the group, nanoseconds.
  long cpuNanos() throws IOException;

  /// Most memory that was in use at once, bytes.
  long peakBytes() throws IOException;

  /// Processes that the kernel killed for memory.
  long oomKills() throws IOException;

  /// Times that the kernel refused a new process.
  long refusedForks() throws IOException;

  /// Memory in use now, bytes.
  long usedBytes() throws IOException;

  /// Sets the limits for another run.
  ///
  /// @param limits of the run
  /// @param aroundBytes memory that is used by what is around the run
  /// @param aroundProcesses processes in the group that are around the run
  void limit(RunLimits limits, long aroundBytes, int aroundProcesses) throws IOException;

  /// Looks at what the kernel does not keep for this kind of group; call it often.
  default void sample() throws IOException {
    // The kernel counts.
  }

  /// Lets the peak be counted from now on.
  void forgetPeak() throws IOException;

  /// Lets its processes have only the processor time that others leave, or their usual share again.
  default void background(boolean low) throws IOException {
    // Where shares are not counted it runs like the others.
  }

  /// Ids of the processes in the group.
  List<Long> processes() throws IOException;

  /// Removes the group, which is empty.
  void remove() throws IOException;
}

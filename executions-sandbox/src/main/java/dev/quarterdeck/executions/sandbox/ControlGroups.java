package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.RunLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The control groups of this sandbox: one directory of ours below the server's own group, and in
/// it one group per run.
sealed interface ControlGroups extends AutoCloseable permits ControlGroupsV1, ControlGroupsV2 {
  /// Short text for findings: `cgroup v1`.
  String version();

  /// The directories that hold the groups of the runs, one per hierarchy. They are written down, so
  /// that the next server can clear what a killed one left.
  List<Path> parents();

  /// Makes the group of one run with its limits set.
  ///
  /// @param name unique among the runs of this sandbox
  RunGroup create(String name, RunLimits limits) throws IOException;

  /// Whether several runs can follow each other in one group, because its peak can be forgotten.
  /// Else each run that was got ready has a group of its own, into which its first process is put.
  boolean reusable();

  /// Removes the directories of the runs. All runs have ended.
  @Override
  void close();
}

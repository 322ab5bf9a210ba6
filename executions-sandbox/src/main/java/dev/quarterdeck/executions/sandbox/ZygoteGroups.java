package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.RunLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// The control groups of a zygote and of its runs. Where the peak of a group can be forgotten, they
/// share one; else each run has its own, into which process 1 of its sandbox is put while it is
/// alone. Used by one thread at a time.
final class ZygoteGroups {
  /// Processes in a shared group that are not the run's: outer bubblewrap, zygote, process 1.
  private static final int OWN_PROCESSES = 3;

  /// Of these, those in the group of a run that has one.
  private static final int PROCESSES_OF_RUN = 1;

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final AtomicLong NUMBER = new AtomicLong();

  private final Optional<ControlGroups> groups;
  private final RunLimits beforeRun;
  private final Optional<RunGroup> zygote;
  private Optional<RunGroup> ofRun = Optional.empty();

  /// @param groups of the host, if it has any
  /// @param name unique among the zygotes that there are
  /// @param beforeRun limits of groups before their first run
  ZygoteGroups(Optional<ControlGroups> groups, String name, RunLimits beforeRun)
      throws IOException {
    this.groups = groups;
    this.beforeRun = beforeRun;
    this.zygote =
        groups.isPresent() ? Optional.of(groups.get().create(name, beforeRun)) : Optional.empty();
  }

  /// Files to which the zygote writes its process id.
  List<Path> joinFiles() {
    return zygote.map(RunGroup::joinFiles).orElse(List.of());
  }

  /// Whether each run has a group of its own.
  boolean apart() {
    return groups.isPresent() && !groups.get().reusable();
  }

  /// Makes the group of the next run, where it has one, in the place of the last one's, which is
  /// over.
  void renew() throws IOException {
    if (ofRun.isPresent()) {
      ofRun.get().remove();
      ofRun = Optional.empty();
    }
    if (apart()) {
      String name = "born-" + NUMBER.incrementAndGet();
      ofRun = Optional.of(groups.orElseThrow().create(name, beforeRun));
    }
  }

  /// Puts the only child of a zygote into the group of the next run.
  void move(long pid) throws IOException {
    List<Long> tree = ProcessTree.of(pid);
    if (tree.size() != 2) {
      throw new IOException("a zygote has processes " + tree + " (expected: one child)");
    }
    for (Path file : ofRun.orElseThrow().joinFiles()) {
      GroupFiles.write(file, Long.toString(tree.getLast()));
    }
  }

  /// The group of the run that begins now, which counts from here on.
  ///
  /// @param interpreterBytes memory of the zygote that counts as the run's
  Optional<RunGroup> begin(RunLimits limits, long interpreterBytes) throws IOException {
    if (ofRun.isPresent()) {
      return Optional.of(
          ReusedGroup.alone(ofRun.get(), limits, interpreterBytes, PROCESSES_OF_RUN));
    }
    return zygote.isPresent()
        ? Optional.of(ReusedGroup.shared(zygote.get(), limits, interpreterBytes, OWN_PROCESSES))
        : Optional.empty();
  }

  /// Memory of the zygote and of what it has ready; empty without control groups.
  Optional<Long> usedBytes() throws IOException {
    return zygote.isPresent()
        ? Optional.of(zygote.get().usedBytes() + (ofRun.isPresent() ? ofRun.get().usedBytes() : 0))
        : Optional.empty();
  }

  /// Removes them; whatever is left in them is killed.
  void clear() throws IOException {
    for (Optional<RunGroup> each : List.of(ofRun, zygote)) {
      if (each.isPresent()) {
        clear(each.get());
      }
    }
  }

  private static void clear(RunGroup group) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!group.processes().isEmpty() && System.nanoTime() < deadline) {
      group.processes().forEach(Signals::kill);
      LockSupport.parkNanos(1_000_000);
    }
    group.remove();
  }
}

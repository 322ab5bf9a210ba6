package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.RunLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Control groups of version 2. The server's own group must be delegated to it; since a group with
/// controllers below it may hold no process, the server moves what is in its group into a leaf.
final class ControlGroupsV2 implements ControlGroups {
  static final List<String> CONTROLLERS = List.of("memory", "pids", "cpu");

  private static final int PERIOD_MICROS = 100_000;
  private static final String LEAF = "quarterdeck-server";

  private final Path parent;

  /// Takes the directory of the server's own group.
  ///
  /// @throws IOException the group is not delegated, or lacks a controller
  ControlGroupsV2(Path own, String name) throws IOException {
    List<String> available =
        List.of(GroupFiles.read(own.resolve("cgroup.controllers")).split(" ", -1));
    if (!available.containsAll(CONTROLLERS)) {
      throw new IOException(
          own + ": controllers " + available + " (expected: memory, pids and cpu)");
    }
    // After a restart within the same service the server may find itself in the leaf already.
    Path top = own.endsWith(LEAF) ? own.resolveSibling(".").normalize() : own;
    this.parent = top.resolve(name);
    delegate(top);
    // Ours alone by the lock of the work directory: a server killed at start may have left it.
    GroupFiles.sweep(parent);
    Files.createDirectory(parent);
    enable(parent);
  }

  private static void delegate(Path top) throws IOException {
    if (enabled(top)) {
      return;
    }
    Path leaf = top.resolve(LEAF);
    if (!Files.isDirectory(leaf)) {
      Files.createDirectory(leaf);
    }
    for (long pid : GroupFiles.processes(top)) {
      GroupFiles.write(leaf.resolve("cgroup.procs"), Long.toString(pid));
    }
    enable(top);
  }

  private static boolean enabled(Path group) throws IOException {
    return List.of(GroupFiles.read(group.resolve("cgroup.subtree_control")).split(" ", -1))
        .containsAll(CONTROLLERS);
  }

  private static void enable(Path group) throws IOException {
    for (String controller : CONTROLLERS) {
      GroupFiles.write(group.resolve("cgroup.subtree_control"), "+" + controller);
    }
  }

  @Override
  public String version() {
    return "cgroup v2";
  }

  @Override
  public List<Path> parents() {
    return List.of(parent);
  }

  @Override
  public RunGroup create(String name, RunLimits limits) throws IOException {
    Path directory = parent.resolve(name);
    Files.createDirectory(directory);
    Group group = new Group(directory);
    try {
      group.limit(limits, 0, Stage.OWN_PROCESSES);
      return group;
    } catch (IOException failed) {
      Files.deleteIfExists(directory);
      throw failed;
    }
  }

  /// Most kernels cannot forget the peak of a group of version 2.
  @Override
  public boolean reusable() {
    return false;
  }

  @Override
  public void close() {
    try {
      GroupFiles.sweep(parent);
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot remove control group " + parent, failed);
    }
  }

  private static final class Group implements RunGroup {
    private final Path directory;

    /// Whether the kernel keeps the peak (Linux 5.19); else it is the most that was seen.
    private final boolean keepsPeak;

    private volatile long mostSeen;

    Group(Path directory) {
      this.directory = directory;
      this.keepsPeak = Files.exists(directory.resolve("memory.peak"));
    }

    @Override
    public void sample() throws IOException {
      if (!keepsPeak) {
        mostSeen = Math.max(mostSeen, usedBytes());
      }
    }

    @Override
    public void limit(RunLimits limits, long aroundBytes, int aroundProcesses) throws IOException {
      set("memory.max", Long.toString(limits.memoryBytes() + aroundBytes));
      if (Files.exists(directory.resolve("memory.swap.max"))) {
        set("memory.swap.max", "0");
      }
      set("pids.max", Integer.toString(limits.processes() + aroundProcesses));
      long quota = Math.max(1000, limits.cpuMillis() * PERIOD_MICROS / 1000);
      set("cpu.max", quota + " " + PERIOD_MICROS);
    }

    private void set(String file, String value) throws IOException {
      GroupFiles.write(directory.resolve(file), value);
    }

    @Override
    public void background(boolean low) throws IOException {
      set("cpu.weight", low ? "1" : "100");
    }

    @Override
    public String version() {
      return keepsPeak ? "cgroup v2" : "cgroup v2, peak as seen now and then";
    }

    @Override
    public List<Path> joinFiles() {
      return List.of(directory.resolve("cgroup.procs"));
    }

    @Override
    public long cpuNanos() throws IOException {
      return 1000 * GroupFiles.field(directory.resolve("cpu.stat"), "usage_usec");
    }

    @Override
    public long peakBytes() throws IOException {
      return keepsPeak ? GroupFiles.readLong(directory.resolve("memory.peak")) : mostSeen;
    }

    @Override
    public long oomKills() throws IOException {
      return GroupFiles.field(directory.resolve("memory.events"), "oom_kill");
    }

    @Override
    public long refusedForks() throws IOException {
      return GroupFiles.field(directory.resolve("pids.events"), "max");
    }

    @Override
    public List<Long> processes() throws IOException {
      return GroupFiles.processes(directory);
    }

    @Override
    public long usedBytes() throws IOException {
      return GroupFiles.readLong(directory.resolve("memory.current"));
    }

    @Override
    public void forgetPeak() throws IOException {
      throw new IOException(directory + ": the peak cannot be forgotten");
    }

    @Override
    public void remove() throws IOException {
      GroupFiles.remove(directory);
    }
  }
}

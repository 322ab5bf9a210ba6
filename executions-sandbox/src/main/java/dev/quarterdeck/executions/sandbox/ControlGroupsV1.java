package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.RunLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// Control groups of version 1: memory, pids, cpu and cpuacct, each in a hierarchy of its own or
/// together.
final class ControlGroupsV1 implements ControlGroups {
  static final List<String> CONTROLLERS = List.of("memory", "pids", "cpu", "cpuacct");

  private static final int PERIOD_MICROS = 100_000;
  private static final int USUAL_SHARES = 1024;
  private static final int LEAST_SHARES = 2;

  /// By controller: the directory that holds the groups of the runs.
  private final Map<String, Path> parents;

  /// Whether the host limits memory and swap together (`memory.memsw.*`).
  private final boolean swapLimit;

  /// Takes the directories of the server's own groups, by controller.
  ///
  /// @throws IOException a directory cannot be made there: no delegation, or a read-only mount
  ControlGroupsV1(Map<String, Path> own, String name) throws IOException {
    Map<String, Path> made = new LinkedHashMap<>();
    for (String controller : CONTROLLERS) {
      Path parent = own.getOrDefault(controller, Path.of("/nonexistent")).resolve(name);
      if (!made.containsValue(parent)) {
        // Ours alone by the lock of the work directory: a server killed at start may have left it.
        GroupFiles.sweep(parent);
        Files.createDirectory(parent);
      }
      made.put(controller, parent);
    }
    this.parents = made;
    this.swapLimit = Files.exists(directory("memory").resolve("memory.memsw.limit_in_bytes"));
  }

  @Override
  public String version() {
    return "cgroup v1";
  }

  @Override
  public List<Path> parents() {
    return List.copyOf(new LinkedHashSet<>(parents.values()));
  }

  private Path directory(String controller) {
    Path parent = parents.get(controller);
    if (parent == null) {
      throw new IllegalStateException("no controller " + controller);
    }
    return parent;
  }

  @Override
  public RunGroup create(String name, RunLimits limits) throws IOException {
    Group group = new Group(name);
    try {
      group.make();
      group.limit(limits, 0, Stage.OWN_PROCESSES);
      return group;
    } catch (IOException failed) {
      group.removeQuietly(failed);
      throw failed;
    }
  }

  @Override
  public boolean reusable() {
    return true;
  }

  @Override
  public void close() {
    for (Path parent : parents()) {
      try {
        GroupFiles.sweep(parent);
      } catch (IOException failed) {
        throw new UncheckedIOException("cannot remove control group " + parent, failed);
      }
    }
  }

  private final class Group implements RunGroup {
    private final String name;
    private final List<Path> directories = new ArrayList<>();
    private final CounterFiles counters = new CounterFiles();

    /// Values that were written, by file.
    private final Map<String, Long> inForce = new HashMap<>();

    Group(String name) {
      this.name = name;
    }

    void make() throws IOException {
      for (Path parent : parents()) {
        Path directory = parent.resolve(name);
        Files.createDirectory(directory);
        directories.add(directory);
      }
    }

    @Override
    public void limit(RunLimits limits, long aroundBytes, int aroundProcesses) throws IOException {
      limitMemory(limits.memoryBytes() + aroundBytes);
      set("pids", "pids.max", limits.processes() + aroundProcesses);
      set("cpu", "cpu.cfs_period_us", PERIOD_MICROS);
      long quota = Math.max(1000, limits.cpuMillis() * PERIOD_MICROS / 1000);
      set("cpu", "cpu.cfs_quota_us", quota);
    }

    @Override
    public void background(boolean low) throws IOException {
      set("cpu", "cpu.shares", low ? LEAST_SHARES : USUAL_SHARES);
    }

    /// The limit of memory and swap together must never be below that of memory alone.
    private void limitMemory(long bytes) throws IOException {
      boolean raises = bytes > inForce.getOrDefault("memory.limit_in_bytes", Long.MAX_VALUE);
      if (swapLimit && raises) {
        set("memory", "memory.memsw.limit_in_bytes", bytes);
      }
      set("memory", "memory.limit_in_bytes", bytes);
      if (swapLimit && !raises) {
        set("memory", "memory.memsw.limit_in_bytes", bytes);
      }
    }

    private void set(String controller, String file, long value) throws IOException {
      if (inForce.getOrDefault(file, -1L) != value) {
        GroupFiles.write(file(controller, file), Long.toString(value));
        inForce.put(file, value);
      }
    }

    @Override
    public long usedBytes() throws IOException {
      return counters.number(file("memory", "memory.usage_in_bytes"));
    }

    @Override
    public void forgetPeak() throws IOException {
      GroupFiles.write(file("memory", "memory.max_usage_in_bytes"), "0");
    }

    private Path file(String controller, String file) {
      return directory(controller).resolve(name).resolve(file);
    }

    @Override
    public String version() {
      return "cgroup v1";
    }

    @Override
    public List<Path> joinFiles() {
      return directories.stream().map(directory -> directory.resolve("cgroup.procs")).toList();
    }

    @Override
    public long cpuNanos() throws IOException {
      return counters.number(file("cpuacct", "cpuacct.usage"));
    }

    @Override
    public long peakBytes() throws IOException {
      return counters.number(file("memory", "memory.max_usage_in_bytes"));
    }

    @Override
    public long oomKills() throws IOException {
      return counters.field(file("memory", "memory.oom_control"), "oom_kill");
    }

    @Override
    public long refusedForks() throws IOException {
      return counters.field(file("pids", "pids.events"), "max");
    }

    @Override
    public List<Long> processes() throws IOException {
      return GroupFiles.processes(directory("pids").resolve(name));
    }

    @Override
    public void remove() throws IOException {
      counters.close();
      for (Path directory : directories) {
        GroupFiles.remove(directory);
      }
    }

    void removeQuietly(IOException because) {
      try {
        remove();
      } catch (IOException failed) {
        because.addSuppressed(failed);
      }
    }
  }
}

package dev.quarterdeck.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// What this process and its children hold of the host at one moment.
///
/// @param descriptors open ones of this process
/// @param processes below this one
/// @param zombies among all processes of the host
/// @param groups control groups of all hierarchies
/// @param mounts of this process
/// @param files below the work directory, and in `/tmp`, `/run` and `/dev/shm` with our name
/// @param threads of this process
/// @param heapBytes in use after a collection
/// @param sharedBytes file systems in memory of the whole host
record Held(
    long descriptors,
    long processes,
    long zombies,
    long groups,
    long mounts,
    long files,
    long threads,
    long heapBytes,
    long sharedBytes) {
  private static final long HEAP_TOLERANCE = 4L << 20;
  private static final long SHARED_TOLERANCE = 64L << 20;
  private static final long SETTLE = TimeUnit.SECONDS.toNanos(15);

  static Held now(Path directory) throws IOException {
    System.gc();
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    long heap = runtime.totalMemory() - runtime.freeMemory();
    long files = count(directory, "");
    for (String place : new String[] {"/tmp", "/run", "/dev/shm"}) {
      files += count(Path.of(place), "quarterdeck-");
    }
    long shared = 0;
    for (String line : Files.readAllLines(Path.of("/proc/meminfo"))) {
      if (line.startsWith("Shmem:")) {
        shared = Long.parseLong(line.replaceAll("\\D", "")) << 10;
      }
    }
    return new Held(
        list(Path.of("/proc/self/fd")),
        ProcessHandle.current().descendants().count(),
        countZombies(),
        directories(Path.of("/sys/fs/cgroup")),
        Files.readAllLines(Path.of("/proc/self/mounts")).size(),
        files,
        list(Path.of("/proc/self/task")),
        heap,
        shared);
  }

  /// Waits until as much is held as before, for some seconds.
  static Held settled(Path directory, Held before) throws IOException {
    long deadline = System.nanoTime() + SETTLE;
    Held now = now(directory);
    while (!now.within(before) && System.nanoTime() < deadline) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
      now = now(directory);
    }
    return now;
  }

  /// Whether no more is held than before: descriptors and threads may differ by what the JDK keeps
  /// for later (5 and 10), heap by 4 MiB, shared memory of the host by 64 MiB, all else by nothing.
  boolean within(Held before) {
    return descriptors <= before.descriptors + 5
        && processes <= before.processes
        && zombies <= before.zombies
        && groups <= before.groups
        && mounts <= before.mounts
        && files <= before.files
        && threads <= before.threads + 10
        && heapBytes <= before.heapBytes + HEAP_TOLERANCE
        && sharedBytes <= before.sharedBytes + SHARED_TOLERANCE;
  }

  private static long list(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.count();
    }
  }

  /// Entries of a directory that begin so; with all below it when all do.
  private static long count(Path directory, String prefix) throws IOException {
    if (!Files.isDirectory(directory)) {
      return 0;
    }
    try (Stream<Path> entries = prefix.isEmpty() ? Files.walk(directory) : Files.list(directory)) {
      return entries.filter(path -> path.getFileName().toString().startsWith(prefix)).count();
    }
  }

  private static long directories(Path root) throws IOException {
    if (!Files.isDirectory(root)) {
      return 0;
    }
    try (Stream<Path> groups = Files.walk(root)) {
      return groups
          .filter(path -> path.toString().contains("quarterdeck-"))
          .filter(Files::isDirectory)
          .count();
    } catch (java.io.UncheckedIOException gone) {
      return directories(root);
    }
  }

  private static long countZombies() throws IOException {
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      return processes
          .filter(path -> path.getFileName().toString().matches("\\d+"))
          .filter(Held::isZombie)
          .count();
    }
  }

  private static boolean isZombie(Path process) {
    try {
      String stat = Files.readString(process.resolve("stat"));
      return stat.startsWith(") Z", stat.lastIndexOf(')'));
    } catch (IOException gone) {
      return false;
    }
  }
}

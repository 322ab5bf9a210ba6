package dev.quarterdeck.executions.sandbox;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Looks at the file systems of a running sandbox from outside: bubblewrap can limit their bytes,
/// not their files.
final class DiskWatch implements FileWatch {
  private static final long NEARLY_FULL_BYTES = 64 << 10;
  private static final long PAGE = 4096;

  private final long outer;
  private final long diskBytes;

  /// By path in the sandbox: the size by which a file system is known to be the sandbox's own, not
  /// the host's, which the first process of a sandbox still sees at its very start.
  private final Map<String, Long> sizes;

  private volatile long mostFiles;
  private volatile boolean wasFull;

  DiskWatch(Task task, long outer) {
    this.outer = outer;
    this.diskBytes = pages(task.limits().diskBytes());
    this.sizes =
        Map.of(
            "tmp",
            diskBytes,
            "dev/shm",
            pages(Confinement.SHARED_MEMORY_BYTES),
            "build",
            pages(Confinement.buildBytes(task.limits())));
  }

  private static long pages(long bytes) {
    return (bytes + PAGE - 1) / PAGE * PAGE;
  }

  @Override
  public void sample() {
    List<Long> processes = ProcessTree.of(outer);
    for (long pid : processes.subList(Math.min(1, processes.size()), processes.size())) {
      Path root = Path.of("/proc/" + pid + "/root");
      Optional<FileSystem> tmp = FileSystem.at(root.resolve("tmp"));
      if (tmp.isPresent() && tmp.get().totalBytes() == diskBytes) {
        look(root, tmp.get());
        return;
      }
    }
  }

  private void look(Path root, FileSystem tmp) {
    wasFull |= tmp.freeBytes() < NEARLY_FULL_BYTES;
    long files = 0;
    for (Map.Entry<String, Long> expected : sizes.entrySet()) {
      Optional<FileSystem> found = FileSystem.at(root.resolve(expected.getKey()));
      if (found.isPresent() && found.get().totalBytes() == expected.getValue()) {
        // Its root directory is not the program's.
        files += found.get().usedFiles() - 1;
      }
    }
    mostFiles = Math.max(mostFiles, files);
  }

  @Override
  public long mostFiles() {
    return mostFiles;
  }

  @Override
  public boolean wasFull() {
    return wasFull;
  }
}

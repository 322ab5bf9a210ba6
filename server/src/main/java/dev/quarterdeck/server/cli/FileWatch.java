package dev.quarterdeck.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Notices that files have changed, by looking at their times and sizes a few times a second:
/// editors write in place, or rename, or both, on any file system.
final class FileWatch {
  private static final long PERIOD_MILLIS = 150;

  private final List<Path> paths;
  private List<String> seen;

  FileWatch(List<Path> paths) {
    this.paths = List.copyOf(paths);
    this.seen = look();
  }

  /// Waits until something has changed since the last time, and then until it rests.
  void await() throws InterruptedException {
    while (!changed()) {
      Thread.sleep(PERIOD_MILLIS);
    }
    while (changed()) {
      Thread.sleep(PERIOD_MILLIS);
    }
  }

  /// Whether something has changed since the last time.
  synchronized boolean changed() {
    List<String> now = look();
    boolean changed = !now.equals(seen);
    seen = now;
    return changed;
  }

  private List<String> look() {
    List<String> found = new ArrayList<>();
    for (Path path : paths) {
      try (Stream<Path> tree = Files.walk(path)) {
        for (Path file : tree.toList()) {
          found.add(file + " " + Files.getLastModifiedTime(file) + " " + Files.size(file));
        }
      } catch (IOException | java.io.UncheckedIOException absent) {
        // Between the steps of an editor a file may be absent; then it counts as it is.
        found.add(path + " absent");
      }
    }
    return found;
  }
}

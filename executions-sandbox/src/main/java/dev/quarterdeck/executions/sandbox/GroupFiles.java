package dev.quarterdeck.executions.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Reads and writes the files of control groups.
final class GroupFiles {
  private GroupFiles() {}

  static void write(Path file, String value) throws IOException {
    Files.write(file, value.getBytes(StandardCharsets.US_ASCII), StandardOpenOption.WRITE);
  }

  static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.US_ASCII).strip();
  }

  static long readLong(Path file) throws IOException {
    return Long.parseLong(read(file));
  }

  /// The number behind a key in a file of lines `key number`, 0 when there is no such line.
  static long field(Path file, String key) throws IOException {
    for (String line : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
      if (line.startsWith(key + " ")) {
        return Long.parseLong(line.substring(key.length() + 1).strip());
      }
    }
    return 0;
  }

  static List<Long> processes(Path group) throws IOException {
    return Files.readAllLines(group.resolve("cgroup.procs"), StandardCharsets.US_ASCII).stream()
        .filter(line -> !line.isBlank())
        .map(line -> Long.parseLong(line.strip()))
        .toList();
  }

  static void kill(Path group, long except) throws IOException {
    for (long pid : processes(group)) {
      if (pid != except) {
        Signals.kill(pid);
      }
    }
  }

  /// Removes an empty group. The kernel may call it busy for a moment after its last process.
  static void remove(Path group) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
    while (true) {
      try {
        Files.deleteIfExists(group);
        return;
      } catch (DirectoryNotEmptyException busy) {
        // The JDK's name for ENOTEMPTY; EBUSY comes as the plain FileSystemException.
        throw busy;
      } catch (FileSystemException busy) {
        if (System.nanoTime() > deadline) {
          throw busy;
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
      }
    }
  }

  /// Kills everything in a group and the groups below it, and removes them all. For what a killed
  /// server left; gives up after two seconds.
  static void sweep(Path group) throws IOException {
    if (!Files.isDirectory(group, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (DirectoryStream<Path> children =
        Files.newDirectoryStream(
            group, path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))) {
      for (Path child : children) {
        sweep(child);
      }
    }
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
    while (!processes(group).isEmpty() && System.nanoTime() < deadline) {
      kill(group, -1);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
    remove(group);
  }
}

package dev.quarterdeck.executions.sandbox;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/// Counts what a run has in its directories, which lie on the host's disk. It goes from directory
/// to directory by descriptors and follows no link, whatever the program moves meanwhile, and stops
/// where the limit of files is exceeded.
///
/// What the program has deleted and still holds open is found among its descriptors.
final class DirectoryWatch implements FileWatch {
  private static final int AT_FDCWD = -100;

  /// Stands for bytes of a name that are no text.
  private static final char NO_TEXT = '\uFFFD';

  private final RunPlace place;
  private final long limitOfFiles;
  private final long limitOfBytes;
  private final long limitOfBuild;
  private final MarkedProcesses processes;
  private final Landlock landlock;
  private volatile long mostFiles;
  private volatile long mostBytes;
  private long files;
  private long bytes;

  DirectoryWatch(RunPlace place, Task task, MarkedProcesses processes, Landlock landlock) {
    this.place = place;
    this.limitOfFiles = task.limits().files();
    this.limitOfBytes = task.limits().diskBytes();
    this.limitOfBuild = Confinement.buildBytes(task.limits());
    this.processes = processes;
    this.landlock = landlock;
  }

  @Override
  public synchronized void sample() {
    files = 0;
    long build = bytesBelow(place.build());
    long held = heldBytes();
    long own = bytesBelow(place.tmp()) + held;
    mostFiles = Math.max(mostFiles, files);
    // The compiler's directory has a larger limit: only what exceeds it counts.
    mostBytes = Math.max(mostBytes, own + (build > limitOfBuild ? build : 0));
  }

  @Override
  public void end() {
    sample();
  }

  private long bytesBelow(Path directory) {
    bytes = 0;
    try {
      walk(landlock.openDirectory(AT_FDCWD, directory.toString()));
    } catch (IOException gone) {
      return bytes;
    }
    return bytes;
  }

  /// Takes the descriptor of a directory and closes it. A name is looked at, and only when it is a
  /// directory's opened as such: a FIFO in its place would block, a link would lead away.
  private void walk(int directory) {
    Path self = Path.of("/proc/self/fd/" + directory);
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(self)) {
      for (Path entry : entries) {
        if (++files > limitOfFiles) {
          return;
        }
        look(directory, entry);
      }
    } catch (AccessDeniedException hidden) {
      hides();
    } catch (IOException | DirectoryIteratorException gone) {
      return;
    } finally {
      Kernel.close(directory);
    }
  }

  private void look(int directory, Path entry) {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!attributes.isDirectory()) {
        bytes += attributes.size();
        return;
      }
      String name = entry.getFileName().toString();
      if (name.indexOf(NO_TEXT) >= 0) {
        hides();
      } else {
        walk(landlock.openDirectory(directory, name));
      }
    } catch (AccessDeniedException hidden) {
      hides();
    } catch (IOException gone) {
      return;
    }
  }

  /// What cannot be looked into counts as too much: no honest program hides files from itself.
  private void hides() {
    files = limitOfFiles + 1;
  }

  /// Bytes of deleted files that the program's processes hold open. Descriptors cannot be on their
  /// way between processes: the filter refuses to send them.
  private long heldBytes() {
    long held = 0;
    for (long pid : processes.seen()) {
      try (DirectoryStream<Path> open = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
        for (Path descriptor : open) {
          held += heldBy(descriptor);
        }
      } catch (IOException | DirectoryIteratorException gone) {
        continue;
      }
    }
    return held;
  }

  private long heldBy(Path descriptor) {
    try {
      String target = Files.readSymbolicLink(descriptor).toString();
      boolean deleted = target.startsWith(place.path() + "/") && target.endsWith(" (deleted)");
      return deleted ? Files.size(descriptor) : 0;
    } catch (IOException closed) {
      return 0;
    }
  }

  @Override
  public long mostFiles() {
    return mostFiles;
  }

  @Override
  public boolean wasFull() {
    return false;
  }

  @Override
  public long mostBytes() {
    return mostBytes;
  }

  @Override
  public boolean overBytes() {
    return mostBytes > limitOfBytes;
  }
}

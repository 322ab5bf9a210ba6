package dev.quarterdeck.executions.sandbox;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The sandbox's directory on the host. Only the server's user can enter it; one server at a time
/// holds its lock. It remembers what must be cleared when that server is killed.
final class WorkDirectory implements AutoCloseable {
  private static final String ROOT_PREFIX = "quarterdeck-root-";

  private final Path path;
  private final FileChannel lockFile;

  private WorkDirectory(Path path, FileChannel lockFile) {
    this.path = path;
    this.lockFile = lockFile;
  }

  /// Opens the directory, made when absent, and clears what a killed server left in it.
  ///
  /// @throws IOException it cannot be made or written, or another server uses it
  static WorkDirectory open(Path directory) throws IOException {
    Files.createDirectories(directory);
    Path path = directory.toRealPath();
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
    FileChannel lockFile =
        FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!lock(lockFile)) {
      lockFile.close();
      throw new IOException(path + " is in use by another server");
    }
    WorkDirectory opened = new WorkDirectory(path, lockFile);
    try {
      opened.sweep();
      Files.createDirectory(opened.runs());
      return opened;
    } catch (IOException failed) {
      lockFile.close();
      throw failed;
    }
  }

  private static boolean lock(FileChannel file) throws IOException {
    try {
      @Nullable FileLock lock = file.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException sameProcess) {
      return false;
    }
  }

  /// Holds the directories of the runs.
  Path runs() {
    return path.resolve("runs");
  }

  /// A file of its own by name.
  Path file(String name) {
    return path.resolve(name);
  }

  /// A short name that tells this directory's sandbox from others on the host.
  String key() {
    return Integer.toHexString(path.toString().hashCode());
  }

  /// Writes down the parents of the control groups.
  void remember(List<Path> groups) throws IOException {
    Files.write(path.resolve("groups"), groups.stream().map(Path::toString).toList());
  }

  /// Where the root directory of the sandboxes goes. That of a root-owned server must be reachable
  /// by the users of the slots, which a server's data directory often is not: then it is a new
  /// directory under `/run` or `/tmp` whose name nobody could know before.
  Path placeForRoot(boolean slotUsers) throws IOException {
    if (!slotUsers) {
      return path.resolve("root");
    }
    IOException refusal = new IOException("neither /run nor /tmp can be written");
    for (Path parent : List.of(Path.of("/run"), Path.of("/tmp"))) {
      try {
        Path made = Files.createTempDirectory(parent, ROOT_PREFIX);
        Files.writeString(path.resolve("root-place"), made.toString());
        Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxr-xr-x"));
        if (RootDirectory.isReachable(made)) {
          return made.resolve("root");
        }
        Files.delete(made);
      } catch (IOException failed) {
        refusal.addSuppressed(failed);
      }
    }
    throw refusal;
  }

  private void sweep() throws IOException {
    Path groups = path.resolve("groups");
    if (Files.exists(groups)) {
      for (String group : Files.readAllLines(groups)) {
        GroupFiles.sweep(Path.of(group));
      }
      Files.delete(groups);
    }
    RootDirectory.delete(runs());
    RootDirectory.delete(path.resolve("root"));
    RootDirectory.delete(path.resolve("gates"));
    RootDirectory.delete(path.resolve("compiled"));
    Path place = path.resolve("root-place");
    if (Files.exists(place)) {
      Path made = Path.of(Files.readString(place, StandardCharsets.UTF_8).strip());
      if (made.getFileName().toString().startsWith(ROOT_PREFIX)
          && !Files.isSymbolicLink(made)
          && Files.exists(made, LinkOption.NOFOLLOW_LINKS)) {
        RootDirectory.delete(made);
      }
      Files.delete(place);
    }
  }

  /// Clears the directory and gives up the lock.
  @Override
  public void close() throws IOException {
    try {
      sweep();
    } finally {
      lockFile.close();
    }
  }
}

package dev.quarterdeck.store.sqlite;

import dev.quarterdeck.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The data directory, held by this process alone until it is closed. The lock is the kernel's: it
/// goes with the process, whatever way that ends.
final class DataDirectory implements AutoCloseable {
  /// Directories that this process holds. A lock file must never be opened twice in one process:
  /// closing the second descriptor would drop the lock of the first.
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private static final String LOCK_FILE = "quarterdeck.lock";

  private final Path path;
  private final FileChannel channel;

  /// Kept, because to find it the JDK reads the list of all mounts.
  private final FileStore fileSystem;

  private DataDirectory(Path path, FileChannel channel, FileStore fileSystem) {
    this.path = path;
    this.channel = channel;
    this.fileSystem = fileSystem;
  }

  static DataDirectory acquire(Path directory) {
    Path real = create(directory);
    if (!HELD.add(real)) {
      throw inUse(real, "this process (pid %d)".formatted(ProcessHandle.current().pid()));
    }
    DataDirectory acquired = null;
    try {
      acquired = lock(real);
      return acquired;
    } catch (IOException failure) {
      throw unusable(real, failure);
    } finally {
      if (acquired == null) {
        HELD.remove(real);
      }
    }
  }

  Path path() {
    return path;
  }

  /// Bytes that the process may still write on the directory's file system.
  long freeBytes() {
    try {
      return fileSystem.getUsableSpace();
    } catch (IOException failure) {
      throw unusable(path, failure);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException failure) {
      throw unusable(path, failure);
    } finally {
      HELD.remove(path);
    }
  }

  private static Path create(Path directory) {
    try {
      if (Files.exists(directory) && !Files.isDirectory(directory)) {
        throw new StoreException(
            "DATA_DIR: %s is a file (expected: a directory); move the file away, or set DATA_DIR to another path"
                .formatted(directory.toAbsolutePath()));
      }
      if (!Files.exists(directory)) {
        Path parent = directory.toAbsolutePath().getParent();
        if (parent != null) {
          Files.createDirectories(parent);
        }
        createPrivately(directory);
      }
      return directory.toRealPath();
    } catch (IOException failure) {
      throw unusable(directory.toAbsolutePath(), failure);
    }
  }

  /// The directory holds password hashes: nobody else may look into one that we make.
  private static void createPrivately(Path directory) throws IOException {
    if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectories(directory);
    }
  }

  private static DataDirectory lock(Path real) throws IOException {
    FileChannel channel =
        FileChannel.open(
            real.resolve(LOCK_FILE),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    boolean kept = false;
    try {
      @Nullable FileLock lock = channel.tryLock();
      if (lock == null) {
        throw inUse(real, holder(channel));
      }
      channel.truncate(0);
      String pid = ProcessHandle.current().pid() + "\n";
      channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
      DataDirectory locked = new DataDirectory(real, channel, Files.getFileStore(real));
      kept = true;
      return locked;
    } finally {
      if (!kept) {
        channel.close();
      }
    }
  }

  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(32);
    channel.read(buffer, 0);
    String pid = new String(buffer.array(), 0, buffer.position(), StandardCharsets.US_ASCII).trim();
    return pid.isEmpty() ? "another process" : "process " + pid;
  }

  private static DataDirInUse inUse(Path directory, String holder) {
    return new DataDirInUse(
        "DATA_DIR: %s is in use by %s (expected: one server per data directory); stop that process, or set DATA_DIR to another directory"
            .formatted(directory, holder));
  }

  private static StoreException unusable(Path directory, IOException failure) {
    String reason = failure.getClass().getSimpleName();
    if (failure instanceof AccessDeniedException) {
      reason = "permission denied";
    } else if (failure instanceof FileSystemException system && system.getReason() != null) {
      reason = system.getReason();
    }
    return new StoreException(
        "DATA_DIR: %s cannot be used: %s (expected: a directory that user %s may write); change its owner, or set DATA_DIR to another directory"
            .formatted(directory, reason, System.getProperty("user.name")),
        failure);
  }
}

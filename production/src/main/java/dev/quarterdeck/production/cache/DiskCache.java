package dev.quarterdeck.production.cache;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A map from names to bytes in a directory of its own, one file for each entry.
///
/// Entries are written beside their place and moved there, carry their name and a checksum, and are
/// deleted when either is wrong, so that an entry is whole or not there. When all together are
/// larger than the bound, those not read for longest go. Deleting the directory clears it. A cache
/// that cannot be written is an empty one, and says so once. Safe for many threads, and for several
/// processes.
public final class DiskCache {
  private static final Logger log = LoggerFactory.getLogger(DiskCache.class);
  private static final int MAGIC = 0x51445031;
  private static final double KEPT_AFTER_SWEEP = 0.8;
  private static final String UNFINISHED = ".tmp";

  private final Path directory;
  private final long bound;
  private final AtomicLong size = new AtomicLong();
  private final AtomicLong unfinished = new AtomicLong();
  private volatile boolean complained;

  /// A cache in this directory, made when it is not there.
  ///
  /// @param bound bytes of all entries together
  public DiskCache(Path directory, long bound) {
    this.directory = directory;
    this.bound = bound;
    try {
      Files.createDirectories(directory);
    } catch (IOException broken) {
      complain(broken);
    }
    clean();
  }

  /// The entry of this name; empty when there is none or it is damaged.
  public Optional<byte[]> read(String name) {
    Path file = file(name);
    try {
      byte[] bytes = Files.readAllBytes(file);
      Optional<byte[]> value = unpack(name, bytes);
      if (value.isEmpty()) {
        log.warn("{}: damaged, deleted and fetched anew", file);
        delete(file);
      } else {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
      }
      return value;
    } catch (IOException missing) {
      return Optional.empty();
    }
  }

  /// Keeps the entry, in place of an older one of this name.
  public void write(String name, byte[] value) {
    Path file = file(name);
    Path beside =
        directory.resolve(
            file.getFileName()
                + "-"
                + ProcessHandle.current().pid()
                + "-"
                + unfinished.incrementAndGet()
                + UNFINISHED);
    try {
      byte[] packed = pack(name, value);
      Files.createDirectories(directory);
      Files.write(beside, packed);
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      complained = false;
      if (size.addAndGet(packed.length) > bound) {
        sweep();
      }
    } catch (IOException | UncheckedIOException broken) {
      complain(broken);
      delete(beside);
    }
  }

  private Path file(String name) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return directory.resolve(HexFormat.of().formatHex(digest, 0, 20));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] pack(String name, byte[] value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(value.length / 3 + 64);
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(MAGIC);
    out.writeUTF(name);
    out.writeInt(value.length);
    out.writeLong(checksum(value));
    Deflater fast = new Deflater(Deflater.BEST_SPEED);
    try (DeflaterOutputStream body = new DeflaterOutputStream(out, fast, 1 << 16)) {
      body.write(value);
    } finally {
      fast.end();
    }
    return bytes.toByteArray();
  }

  private static Optional<byte[]> unpack(String name, byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readInt() != MAGIC || !in.readUTF().equals(name)) {
        return Optional.empty();
      }
      int length = in.readInt();
      long checksum = in.readLong();
      // A damaged length must not decide how much memory is taken.
      if (length < 0 || length > bytes.length * 1100L) {
        return Optional.empty();
      }
      byte[] value = new InflaterInputStream(in).readNBytes(length);
      return value.length == length && checksum(value) == checksum
          ? Optional.of(value)
          : Optional.empty();
    } catch (IOException damaged) {
      return Optional.empty();
    }
  }

  private static long checksum(byte[] value) {
    CRC32C checksum = new CRC32C();
    checksum.update(value);
    return checksum.getValue();
  }

  /// Counts what is there and removes what a killed process left unfinished.
  private void clean() {
    Instant old = Instant.now().minusSeconds(3600);
    long sum = 0;
    for (Entry entry : entries()) {
      if (entry.file().toString().endsWith(UNFINISHED) && entry.read().isBefore(old)) {
        delete(entry.file());
      } else {
        sum += entry.bytes();
      }
    }
    size.set(sum);
  }

  private synchronized void sweep() {
    List<Entry> entries = entries();
    long sum = entries.stream().mapToLong(Entry::bytes).sum();
    if (sum > bound) {
      for (Entry entry : entries.stream().sorted(Comparator.comparing(Entry::read)).toList()) {
        if (sum <= bound * KEPT_AFTER_SWEEP) {
          break;
        }
        delete(entry.file());
        sum -= entry.bytes();
      }
    }
    size.set(sum);
  }

  private record Entry(Path file, long bytes, Instant read) {}

  private List<Entry> entries() {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(DiskCache::entry).flatMap(Optional::stream).toList();
    } catch (IOException | UncheckedIOException missing) {
      return List.of();
    }
  }

  private static Optional<Entry> entry(Path file) {
    try {
      return Optional.of(
          new Entry(file, Files.size(file), Files.getLastModifiedTime(file).toInstant()));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException kept) {
      log.debug("{}: cannot be deleted", file, kept);
    }
  }

  private void complain(Exception broken) {
    if (!complained && !Thread.currentThread().isInterrupted()) {
      complained = true;
      log.warn(
          "{}: cannot be written, {}; what the source answers is not kept across restarts"
              + " (expected: a directory with free space that this user may write)",
          directory,
          broken.toString());
    }
  }
}

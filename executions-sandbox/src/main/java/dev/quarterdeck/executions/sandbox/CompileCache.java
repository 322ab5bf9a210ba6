package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.Compilation;
import dev.quarterdeck.executions.RunOrder;
import dev.quarterdeck.executions.SourceFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps what compilers made, as archives on disk under the digest of everything that a compiler
/// gets to see, up to a size; what was not used for longest goes first. An entry is written under
/// another name and renamed, so that a killed server leaves none that is half. Safe for all
/// threads.
final class CompileCache {
  private static final Logger LOG = LoggerFactory.getLogger(CompileCache.class);

  /// Larger results are compiled each time.
  static final int ENTRY_BYTES = 16 << 20;

  /// Texts by which a compiler is told the time.
  private static final Pattern TIME = Pattern.compile("__(DATE|TIME|TIMESTAMP)__");

  private static final int DIGEST_BYTES = 32;

  private final Path directory;
  private final long maxBytes;
  private final Map<String, Long> sizes = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<String, Build> batches = new HashMap<>();
  private final AtomicLong hits = new AtomicLong();
  private final AtomicLong misses = new AtomicLong();
  private long bytes;

  /// What a compiler made and what it said.
  record Build(byte[] archive, byte[] messages) {}

  /// @param directory of its own, empty or absent
  /// @param maxBytes 0 for no cache
  CompileCache(Path directory, long maxBytes) throws IOException {
    this.directory = directory;
    this.maxBytes = maxBytes;
    Files.createDirectories(directory);
  }

  /// The digest of everything that the compiler sees; empty when what it makes depends on more.
  static Optional<String> key(RunOrder order, Languages.Installed installed, List<String> command) {
    if (tellsTime(order.source())
        || order.files().stream().anyMatch(file -> tellsTime(file.content()))) {
      return Optional.empty();
    }
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      text(sha256, installed.language().name());
      text(sha256, String.join(",", installed.language().versions()));
      text(sha256, installed.executable());
      Path executable = Path.of(installed.executable());
      text(sha256, Files.getLastModifiedTime(executable) + " " + Files.size(executable));
      command.forEach(word -> text(sha256, word));
      part(sha256, order.source());
      for (SourceFile file : order.files()) {
        text(sha256, file.name());
        part(sha256, file.content());
      }
      return Optional.of(HexFormat.of().formatHex(sha256.digest()));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  private static boolean tellsTime(byte[] source) {
    return TIME.matcher(new String(source, StandardCharsets.ISO_8859_1)).find();
  }

  private static void text(MessageDigest digest, String text) {
    part(digest, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void part(MessageDigest digest, byte[] bytes) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(bytes.length).flip());
    digest.update(bytes);
  }

  /// What was made for the first case of a batch.
  synchronized Optional<Build> ofBatch(String batch) {
    return Optional.ofNullable(batches.get(batch));
  }

  /// Keeps a build until [#release], whatever the bounds are.
  synchronized void keepForBatch(String batch, Build build) {
    batches.put(batch, build);
  }

  synchronized void release(String batch) {
    batches.remove(batch);
  }

  /// Looks an entry up, and counts whether it was there. An entry that cannot be read, or is not
  /// what was written, is none.
  synchronized Optional<Build> find(String key) {
    if (maxBytes > 0 && sizes.get(key) != null) {
      try {
        byte[] content = Files.readAllBytes(directory.resolve(key));
        Optional<Build> build = decode(content);
        if (build.isPresent()) {
          hits.incrementAndGet();
          return build;
        }
      } catch (IOException gone) {
        LOG.warn("a kept build cannot be read, compiling again", gone);
      }
      forget(key);
    }
    misses.incrementAndGet();
    return Optional.empty();
  }

  /// Keeps a build for all who come with the same.
  synchronized void put(String key, Build build) {
    byte[] content = encode(build);
    if (content.length > maxBytes / 4 || sizes.containsKey(key)) {
      return;
    }
    Path part = directory.resolve(key + ".part");
    try {
      Files.write(part, content);
      Files.move(part, directory.resolve(key), StandardCopyOption.ATOMIC_MOVE);
      sizes.put(key, (long) content.length);
      bytes += content.length;
    } catch (IOException full) {
      LOG.warn("a build cannot be kept, it will be compiled again", full);
      deleteQuietly(part);
    }
    Iterator<String> oldest = List.copyOf(sizes.keySet()).iterator();
    while (bytes > maxBytes && oldest.hasNext()) {
      forget(oldest.next());
    }
  }

  private void forget(String key) {
    Long size = sizes.remove(key);
    if (size != null) {
      bytes -= size;
      deleteQuietly(directory.resolve(key));
    }
  }

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException left) {
      LOG.warn("a kept build cannot be deleted", left);
    }
  }

  /// Digest of the rest, length of the messages, messages, archive.
  private static byte[] encode(Build build) {
    ByteBuffer buffer =
        ByteBuffer.allocate(
            DIGEST_BYTES + Integer.BYTES + build.messages().length + build.archive().length);
    buffer.position(DIGEST_BYTES);
    buffer.putInt(build.messages().length).put(build.messages()).put(build.archive());
    byte[] content = buffer.array();
    System.arraycopy(digest(content), 0, content, 0, DIGEST_BYTES);
    return content;
  }

  private static Optional<Build> decode(byte[] content) {
    if (content.length < DIGEST_BYTES + Integer.BYTES
        || !Arrays.equals(Arrays.copyOf(content, DIGEST_BYTES), digest(content))) {
      return Optional.empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(content).position(DIGEST_BYTES);
    byte[] messages = new byte[buffer.getInt()];
    buffer.get(messages);
    byte[] archive = new byte[buffer.remaining()];
    buffer.get(archive);
    return Optional.of(new Build(archive, messages));
  }

  private static byte[] digest(byte[] content) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(content, DIGEST_BYTES, content.length - DIGEST_BYTES);
      return sha256.digest();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  /// What is said of a compilation that did not happen.
  static Compilation compilation(Build build) {
    return Compilation.fromCache(build.messages().length);
  }

  /// How often an entry was there, how often it was not, how many there are, how large they are.
  synchronized Map<String, Long> counters() {
    Map<String, Long> counters = new LinkedHashMap<>();
    counters.put("compile_cache_hits_total", hits.get());
    counters.put("compile_cache_misses_total", misses.get());
    counters.put("compile_cache_entries", (long) sizes.size());
    counters.put("compile_cache_bytes", bytes);
    return counters;
  }
}

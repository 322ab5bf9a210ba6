package dev.quarterdeck.executions.sandbox;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// Files of one control group that are read again and again: each stays open from its first use to
/// [#close]. Safe for all threads.
final class CounterFiles {
  private static final int MOST = 4096;

  private final Map<Path, RandomAccessFile> open = new HashMap<>();
  private final byte[] buffer = new byte[MOST];
  private boolean closed;

  /// What a file says now.
  synchronized String read(Path path) throws IOException {
    if (closed) {
      throw new IOException(path + ": its group was removed");
    }
    RandomAccessFile file = open.get(path);
    if (file == null) {
      file = new RandomAccessFile(path.toFile(), "r");
      open.put(path, file);
    }
    file.seek(0);
    int length = 0;
    // The kernel gives such a file in pieces of its choice.
    for (int n; length < MOST && (n = file.read(buffer, length, MOST - length)) > 0; ) {
      length += n;
    }
    return new String(buffer, 0, length, StandardCharsets.US_ASCII);
  }

  long number(Path path) throws IOException {
    return Long.parseLong(read(path).strip());
  }

  /// The number behind a key in a file of lines `key number`, 0 when there is no such line.
  long field(Path path, String key) throws IOException {
    for (String line : read(path).split("\n", -1)) {
      if (line.startsWith(key + " ")) {
        return Long.parseLong(line.substring(key.length() + 1).strip());
      }
    }
    return 0;
  }

  /// Closes them for good.
  synchronized void close() throws IOException {
    closed = true;
    for (RandomAccessFile file : open.values()) {
      file.close();
    }
    open.clear();
  }
}

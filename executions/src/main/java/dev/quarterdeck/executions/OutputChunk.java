package dev.quarterdeck.executions;

import dev.quarterdeck.store.OutputLog.Stream;
import java.util.Arrays;

/// Bytes of one stream that become one frame. Belongs to its writer, under its lock.
final class OutputChunk {
  private static final int FIRST_BYTES = 256;

  final Stream stream;
  int length;
  private byte[] bytes = new byte[FIRST_BYTES];

  OutputChunk(Stream stream) {
    this.stream = stream;
  }

  boolean full() {
    return length >= OutputWriter.FRAME_BYTES;
  }

  /// Takes as many bytes as there is room for, and answers how many.
  int add(byte[] source, int from, int count) {
    int taken = Math.min(count, Math.max(0, OutputWriter.FRAME_BYTES - length));
    reserve(length + taken);
    System.arraycopy(source, from, bytes, length, taken);
    length += taken;
    return taken;
  }

  /// Puts bytes before those that are here.
  void prepend(byte[] head) {
    byte[] joined = new byte[Math.max(FIRST_BYTES, head.length + length)];
    System.arraycopy(head, 0, joined, 0, head.length);
    System.arraycopy(bytes, 0, joined, head.length, length);
    bytes = joined;
    length += head.length;
  }

  /// Takes away the beginning of a character whose end is not here.
  byte[] takeIncompleteTail() {
    int keep = Utf8.completeLength(bytes, length);
    byte[] tail = Arrays.copyOfRange(bytes, keep, length);
    length = keep;
    return tail;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  private void reserve(int size) {
    if (size > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size, bytes.length * 2));
    }
  }
}

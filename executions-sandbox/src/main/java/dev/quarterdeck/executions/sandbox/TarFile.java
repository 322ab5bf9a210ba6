package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.SourceFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Writes files as a tar archive, so that the sandbox itself can lay them out, as the guest and
/// within its limits. Entries are in the order of the list; directories are made by whoever reads
/// it. Names of any length, as GNU tar writes them.
final class TarFile {
  private static final int BLOCK = 512;
  private static final int NAME_BYTES = 100;

  /// What tar reads at once: an archive is filled up to it, so that its reader stops at its end.
  private static final int RECORD = 20 * BLOCK;

  private TarFile() {}

  /// Writes an archive.
  ///
  /// @return its length
  static long write(OutputStream out, List<SourceFile> files) throws IOException {
    long length = 2 * BLOCK;
    for (SourceFile file : files) {
      byte[] name = ("./" + file.name()).getBytes(StandardCharsets.UTF_8);
      if (name.length > NAME_BYTES) {
        byte[] terminated = Arrays.copyOf(name, name.length + 1);
        length += entry(out, "././@LongLink".getBytes(StandardCharsets.US_ASCII), 'L', terminated);
      }
      length += entry(out, name, '0', file.content());
    }
    int rest = (int) ((RECORD - length % RECORD) % RECORD);
    out.write(new byte[2 * BLOCK + rest]);
    return length + rest;
  }

  /// The length of the archive of these files.
  static long length(List<SourceFile> files) {
    try {
      return files.isEmpty() ? 0 : write(OutputStream.nullOutputStream(), files);
    } catch (IOException impossible) {
      throw new java.io.UncheckedIOException(impossible);
    }
  }

  private static long entry(OutputStream out, byte[] name, char type, byte[] content)
      throws IOException {
    byte[] header = new byte[BLOCK];
    System.arraycopy(name, 0, header, 0, Math.min(NAME_BYTES, name.length));
    text(header, 100, "0000755");
    text(header, 108, "0000000");
    text(header, 116, "0000000");
    text(header, 124, String.format(Locale.ROOT, "%011o", content.length));
    text(header, 136, "00000000000");
    text(header, 148, "        ");
    header[156] = (byte) type;
    text(header, 257, "ustar  ");
    int sum = 0;
    for (byte each : header) {
      sum += each & 0xFF;
    }
    text(header, 148, String.format(Locale.ROOT, "%06o", sum));
    header[154] = 0;
    header[155] = ' ';
    int rest = (BLOCK - content.length % BLOCK) % BLOCK;
    out.write(header);
    out.write(content);
    out.write(new byte[rest]);
    return BLOCK + content.length + (long) rest;
  }

  private static void text(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}

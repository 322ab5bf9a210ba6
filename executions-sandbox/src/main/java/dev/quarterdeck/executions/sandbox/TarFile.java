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

  private TarFile() {}

  static void write(OutputStream out, List<SourceFile> files) throws IOException {
    for (SourceFile file : files) {
      byte[] name = ("./" + file.name()).getBytes(StandardCharsets.UTF_8);
      if (name.length > NAME_BYTES) {
        byte[] terminated = Arrays.copyOf(name, name.length + 1);
        entry(out, "././@LongLink".getBytes(StandardCharsets.US_ASCII), 'L', terminated);
      }
      entry(out, name, '0', file.content());
    }
    out.write(new byte[2 * BLOCK]);
  }

  private static void entry(OutputStream out, byte[] name, char type, byte[] content)
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
    out.write(header);
    out.write(content);
    out.write(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
  }

  private static void text(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}

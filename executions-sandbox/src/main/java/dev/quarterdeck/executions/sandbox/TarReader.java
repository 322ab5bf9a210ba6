package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.SourceFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Reads regular files out of a tar archive of GNU's format that may be cut off or made up: it
/// takes what is whole and stops at the first thing that is not.
final class TarReader {
  private static final int BLOCK = 512;
  private static final int RECORD = 20 * BLOCK;
  private static final int NAME_BYTES = 100;
  private static final int SIZE_AT = 124;
  private static final int TYPE_AT = 156;

  private TarReader() {}

  /// The files of the archive that begins at an offset, without the `./` of their names.
  static List<SourceFile> read(byte[] archive, int offset) {
    List<SourceFile> files = new ArrayList<>();
    String longName = "";
    int at = offset;
    while (at + BLOCK <= archive.length && archive[at] != 0) {
      long size = octal(archive, at + SIZE_AT, 12);
      int from = at + BLOCK;
      if (size < 0 || size > archive.length - from) {
        break;
      }
      byte[] content = Arrays.copyOfRange(archive, from, from + (int) size);
      char type = (char) archive[at + TYPE_AT];
      if (type == 'L') {
        longName = text(content, 0, content.length);
      } else {
        String name = longName.isEmpty() ? text(archive, at, NAME_BYTES) : longName;
        longName = "";
        if (type == '0' || type == 0) {
          files.add(new SourceFile(name.startsWith("./") ? name.substring(2) : name, content));
        }
      }
      at = from + (int) ((size + BLOCK - 1) / BLOCK * BLOCK);
    }
    return files;
  }

  /// Where an archive that begins at 0 ends, with what fills its last record; 0 when it is not
  /// whole.
  static int end(byte[] archive) {
    int at = 0;
    while (at + BLOCK <= archive.length && archive[at] != 0) {
      long size = octal(archive, at + SIZE_AT, 12);
      if (archive[at + TYPE_AT] >= '1' && archive[at + TYPE_AT] <= '6') {
        size = 0;
      }
      if (size < 0 || size > archive.length - at) {
        return 0;
      }
      at += BLOCK + (int) ((size + BLOCK - 1) / BLOCK * BLOCK);
    }
    int end = (at + 2 * BLOCK + RECORD - 1) / RECORD * RECORD;
    return end <= archive.length ? end : 0;
  }

  private static String text(byte[] bytes, int from, int atMost) {
    int end = from;
    while (end < from + atMost && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, from, end - from, StandardCharsets.UTF_8);
  }

  /// A number, or -1 when there is none.
  private static long octal(byte[] bytes, int from, int length) {
    String digits = text(bytes, from, length).strip();
    return digits.matches("[0-7]{1,11}") ? Long.parseLong(digits, 8) : -1;
  }
}

package dev.quarterdeck.bookmarks.exchange;

import dev.quarterdeck.bookmarks.exchange.ImportProblem.Code;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// Reads the files in a zip archive, in the order of their names. Nothing is unpacked to disk, and
/// no part may grow beyond a bound, whatever the archive says of itself.
final class ZipParts {
  private static final int PARTS_MAX = 1000;
  private static final long BYTES_MAX = 1_000_000_000;

  private ZipParts() {}

  /// @throws UnreadableFile it is damaged, holds no bookmarks, or too much
  static void check(Path path) throws IOException, UnreadableFile {
    try (ZipFile zip = new ZipFile(path.toFile())) {
      List<ZipEntry> parts = parts(zip);
      if (parts.isEmpty()) {
        throw new UnreadableFile(
            "file: a zip without .csv, .html or .json (expected: bookmarks in such files)");
      }
      if (parts.size() > PARTS_MAX) {
        throw new UnreadableFile(
            "file: a zip with %d files (expected: at most %d)".formatted(parts.size(), PARTS_MAX));
      }
      long bytes = parts.stream().mapToLong(part -> Math.max(0, part.getSize())).sum();
      if (bytes > BYTES_MAX) {
        throw new UnreadableFile(
            "file: a zip of %d bytes unpacked (expected: at most %d)".formatted(bytes, BYTES_MAX));
      }
    } catch (ZipException damaged) {
      throw new UnreadableFile("file: a damaged zip archive (expected: an intact one)");
    }
  }

  static void read(Path path, boolean anyScheme, ImportSink sink) throws IOException {
    long left = BYTES_MAX;
    try (ZipFile zip = new ZipFile(path.toFile())) {
      for (ZipEntry part : parts(zip)) {
        long room = left;
        long[] used = new long[1];
        Content content =
            new Content(
                Entries.shown(part.getName()),
                () -> new Bounded(zip.getInputStream(part), room, used));
        try {
          BookmarkFile.read(
              content, FileKinds.detect(BookmarkFile.beginning(content)), anyScheme, sink);
        } catch (UnreadableFile unknown) {
          told(sink, content, Code.BROKEN_ENTRY, String.valueOf(unknown.getMessage()));
        } catch (TooLarge bomb) {
          told(
              sink,
              content,
              Code.FILE_BROKEN,
              "the archive unpacks to more than %d bytes; the rest is not read"
                  .formatted(BYTES_MAX));
          return;
        } catch (ZipException damaged) {
          told(
              sink, content, Code.FILE_BROKEN, "the archive is damaged here; the file is not read");
        }
        left -= used[0];
      }
    }
  }

  private static void told(ImportSink sink, Content content, Code code, String message) {
    sink.problem(new ImportProblem(new Place(content.part(), 1), code, message));
  }

  private static List<ZipEntry> parts(ZipFile zip) {
    return zip.stream()
        .filter(entry -> !entry.isDirectory() && FileKinds.candidate(entry.getName()))
        .sorted(Comparator.comparing(ZipEntry::getName))
        .map(ZipEntry.class::cast)
        .toList();
  }

  /// More bytes than the bound.
  private static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1;
  }

  /// A stream that ends in [TooLarge] beyond its bound, and remembers the most that was read.
  private static final class Bounded extends FilterInputStream {
    private final long bound;
    private final long[] used;
    private long count;

    Bounded(InputStream in, long bound, long[] used) {
      super(in);
      this.bound = bound;
      this.used = used;
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      counted(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int read = super.read(bytes, from, length);
      counted(Math.max(0, read));
      return read;
    }

    private void counted(int more) throws TooLarge {
      count += more;
      used[0] = Math.max(used[0], count);
      if (count > bound) {
        throw new TooLarge();
      }
    }
  }
}

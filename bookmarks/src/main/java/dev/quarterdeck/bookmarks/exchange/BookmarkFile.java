package dev.quarterdeck.bookmarks.exchange;

import dev.quarterdeck.bookmarks.exchange.ImportProblem.Code;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// A file of bookmarks: which format it has, and what it holds. Reading takes constant memory,
/// however long the file is, and can be repeated: each time the same comes in the same order. Safe
/// for all threads as long as nobody changes the file.
public final class BookmarkFile {
  private static final int HEAD = 1 << 16;

  private final Path path;
  private final ImportFormat format;

  private BookmarkFile(Path path, ImportFormat format) {
    this.path = path;
    this.format = format;
  }

  /// Looks at the file's beginning.
  ///
  /// @param expected the format when the caller knows it
  /// @throws UnreadableFile it has none of the formats
  /// @throws IOException it cannot be read
  public static BookmarkFile open(Path path, Optional<ImportFormat> expected)
      throws IOException, UnreadableFile {
    Content content = content(path);
    byte[] head = content.head(8);
    FileKinds.refuseKnown(head);
    ImportFormat found;
    if (FileKinds.zip(head)) {
      ZipParts.check(path);
      found = ImportFormat.ZIP;
    } else {
      found = FileKinds.detect(beginning(content));
    }
    if (expected.isPresent() && expected.get() != found) {
      throw new UnreadableFile(
          "format: %s, but the file looks like %s (expected: leave the format out, or send such a file)"
              .formatted(expected.get().label(), found.label()));
    }
    return new BookmarkFile(path, found);
  }

  /// The format that was found.
  public ImportFormat format() {
    return format;
  }

  /// Reads all of it.
  ///
  /// @param anyScheme whether URLs of other schemes than http and https are taken
  /// @throws IOException the file cannot be read; what is wrong inside goes to the sink
  public void read(boolean anyScheme, ImportSink sink) throws IOException {
    if (format == ImportFormat.ZIP) {
      ZipParts.read(path, anyScheme, sink);
    } else {
      read(content(path), format, anyScheme, sink);
    }
  }

  static void read(Content content, ImportFormat format, boolean anyScheme, ImportSink sink)
      throws IOException {
    Entries entries = new Entries(content.part(), anyScheme, sink);
    Encoding encoding = Encoding.of(content);
    if (encoding.guessed()) {
      entries.problem(
          1,
          Code.ENCODING,
          "encoding: not UTF-8; read as %s, letters may be wrong"
              .formatted(encoding.charset().name().toLowerCase(Locale.ROOT)));
    }
    if (format == ImportFormat.CHROME_JSON) {
      new BrowserTree(BrowserTree.Dialect.CHROME, entries).read(encoding, content);
      return;
    }
    if (format == ImportFormat.FIREFOX_JSON) {
      new BrowserTree(BrowserTree.Dialect.FIREFOX, entries).read(encoding, content);
      return;
    }
    try (Reader in = encoding.reader(content)) {
      switch (format) {
        case NETSCAPE -> new NetscapeReader(in, entries).read();
        case CSV -> new CsvRows(entries).read(in);
        case LINKDING_JSON, QUARTERDECK_JSON ->
            JsonTokens.read(in, entries, new JsonBookmarks(entries)::read);
        case ZIP, CHROME_JSON, FIREFOX_JSON ->
            throw new IllegalArgumentException(format.label() + ": not one text");
      }
    }
  }

  /// The first characters of a text file.
  static String beginning(Content content) throws IOException {
    try (Reader in = Encoding.of(content).reader(content)) {
      char[] head = new char[HEAD];
      int length = 0;
      for (int read = 0; read >= 0 && length < HEAD; ) {
        length += read;
        read = in.read(head, length, HEAD - length);
      }
      return new String(head, 0, length);
    }
  }

  private static Content content(Path path) {
    return new Content("", () -> Files.newInputStream(path));
  }
}

package dev.quarterdeck.benchmarks;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes generated bookmarks as linkding exports them.
final class NetscapeFile {
  private NetscapeFile() {}

  static void write(Path file, GeneratedBookmarks bookmarks, int from, int to, int of)
      throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<TITLE>Bookmarks</TITLE>\n<DL><p>\n");
      for (int i = from; i < to; i++) {
        GeneratedBookmarks.Entry entry = bookmarks.entry(i, of);
        out.write(
            "<DT><A HREF=\"%s\" ADD_DATE=\"%d\" PRIVATE=\"1\" TOREAD=\"%d\" TAGS=\"%s\">%s</A>\n"
                .formatted(
                    entry.url(),
                    entry.addedMillis() / 1000,
                    entry.unread() ? 1 : 0,
                    tags(entry),
                    entry.title()));
        String notes =
            entry.notes().isEmpty() ? "" : "[linkding-notes]" + entry.notes() + "[/linkding-notes]";
        if (!entry.description().isEmpty() || !notes.isEmpty()) {
          out.write("<DD>" + entry.description() + notes + "\n");
        }
      }
      out.write("</DL><p>\n");
    }
  }

  private static String tags(GeneratedBookmarks.Entry entry) {
    String tags = String.join(",", entry.tags());
    return entry.archived()
        ? tags + (tags.isEmpty() ? "" : ",") + "linkding:bookmarks.archived"
        : tags;
  }
}

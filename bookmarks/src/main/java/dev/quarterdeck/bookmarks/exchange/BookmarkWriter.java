package dev.quarterdeck.bookmarks.exchange;

import dev.quarterdeck.bookmarks.Bookmark;
import dev.quarterdeck.bookmarks.BookmarkCollection;
import dev.quarterdeck.bookmarks.Tag;
import dev.quarterdeck.bookmarks.exchange.SavedSearches.SavedSearch;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.List;

/// Writes bookmarks in one of the forms, one after the other. Belongs to one thread; the caller
/// closes what it writes to.
public sealed interface BookmarkWriter permits NetscapeWriter, JsonWriter, CsvWriting {
  /// Begins a file.
  static BookmarkWriter of(ExportFormat format, Writer out) {
    return switch (format) {
      case JSON -> new JsonWriter(out);
      case NETSCAPE -> new NetscapeWriter(out);
      case CSV -> new CsvWriting(out);
    };
  }

  /// Called once, first.
  void begin(List<Tag> tags, Instant now) throws IOException;

  /// @param tags those that it has
  void bookmark(Bookmark bookmark, List<Tag> tags) throws IOException;

  /// Called after the last bookmark.
  ///
  /// @param urls of its bookmarks in their order, empty for a smart one
  void collection(BookmarkCollection collection, List<String> urls) throws IOException;

  /// Called after the last collection, for each.
  void search(SavedSearch search) throws IOException;

  /// Called once, last.
  void end() throws IOException;
}

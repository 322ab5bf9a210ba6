package dev.quarterdeck.bookmarks.exchange;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.quarterdeck.bookmarks.Bookmark;
import dev.quarterdeck.bookmarks.BookmarkCollection;
import dev.quarterdeck.bookmarks.Tag;
import dev.quarterdeck.bookmarks.Visibility;
import dev.quarterdeck.bookmarks.exchange.SavedSearches.SavedSearch;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/// Writes a row for each bookmark. It cannot carry collections, saved searches, colors of tags, and
/// `|` in their names.
final class CsvWriting implements BookmarkWriter {
  private final CsvWriter out;

  CsvWriting(Writer out) {
    this.out = CsvWriter.builder().build(out);
  }

  @Override
  public void begin(List<Tag> tags, Instant now) {
    out.writeRecord(
        "url",
        "title",
        "description",
        "notes",
        "tags",
        "status",
        "unread",
        "shared",
        "created_at",
        "updated_at");
  }

  @Override
  public void bookmark(Bookmark bookmark, List<Tag> tags) {
    out.writeRecord(
        bookmark.url(),
        bookmark.title(),
        bookmark.description(),
        bookmark.notes(),
        // A separator after the last: a name alone may hold a comma.
        tags.stream().map(tag -> tag.name().replace('|', ' ') + "|").collect(Collectors.joining()),
        bookmark.status().label(),
        Boolean.toString(bookmark.unread()),
        Boolean.toString(bookmark.visibility() == Visibility.TEAM),
        bookmark.createdAt().toString(),
        bookmark.modifiedAt().toString());
  }

  @Override
  public void collection(BookmarkCollection collection, List<String> urls) {}

  @Override
  public void search(SavedSearch search) {}

  @Override
  public void end() throws IOException {
    out.flush();
  }
}

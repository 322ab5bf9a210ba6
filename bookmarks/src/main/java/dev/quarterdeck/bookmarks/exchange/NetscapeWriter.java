package dev.quarterdeck.bookmarks.exchange;

import dev.quarterdeck.bookmarks.Bookmark;
import dev.quarterdeck.bookmarks.BookmarkCollection;
import dev.quarterdeck.bookmarks.Status;
import dev.quarterdeck.bookmarks.Tag;
import dev.quarterdeck.bookmarks.Visibility;
import dev.quarterdeck.bookmarks.exchange.SavedSearches.SavedSearch;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Writes the HTML of browsers. It cannot carry collections, colors of tags, commas in their names,
/// and parts of a second.
final class NetscapeWriter implements BookmarkWriter {
  private final Writer out;

  NetscapeWriter(Writer out) {
    this.out = out;
  }

  @Override
  public void begin(List<Tag> tags, Instant now) throws IOException {
    out.write(
        """
        <!DOCTYPE NETSCAPE-Bookmark-file-1>
        <META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
        <TITLE>Bookmarks</TITLE>
        <H1>Bookmarks</H1>
        <DL><p>
        """);
  }

  @Override
  public void bookmark(Bookmark bookmark, List<Tag> tags) throws IOException {
    List<String> names = new ArrayList<>();
    tags.forEach(tag -> names.add(tag.name().replace(',', ' ')));
    if (bookmark.status() == Status.ARCHIVED) {
      names.add(Entries.ARCHIVED);
    }
    out.write("<DT><A HREF=\"" + escape(bookmark.url()) + "\"");
    attribute("ADD_DATE", Long.toString(bookmark.createdAt().getEpochSecond()));
    attribute("LAST_MODIFIED", Long.toString(bookmark.modifiedAt().getEpochSecond()));
    attribute("PRIVATE", bookmark.visibility() == Visibility.PRIVATE ? "1" : "0");
    attribute("TOREAD", bookmark.unread() ? "1" : "0");
    attribute("TAGS", escape(String.join(",", names)));
    out.write(">" + escape(bookmark.title()) + "</A>\n");
    String notes =
        bookmark.notes().isEmpty()
            ? ""
            : NetscapeReader.NOTES + bookmark.notes() + NetscapeReader.NOTES_END;
    if (!bookmark.description().isEmpty() || !notes.isEmpty()) {
      out.write("<DD>" + escape(bookmark.description() + notes) + "\n");
    }
  }

  private void attribute(String name, String value) throws IOException {
    out.write(" " + name + "=\"" + value + "\"");
  }

  @Override
  public void collection(BookmarkCollection collection, List<String> urls) {}

  @Override
  public void search(SavedSearch search) {}

  @Override
  public void end() throws IOException {
    out.write("</DL><p>\n");
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}

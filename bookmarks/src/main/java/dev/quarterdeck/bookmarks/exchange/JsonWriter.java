package dev.quarterdeck.bookmarks.exchange;

import dev.quarterdeck.bookmarks.Bookmark;
import dev.quarterdeck.bookmarks.BookmarkCollection;
import dev.quarterdeck.bookmarks.PageMetadata;
import dev.quarterdeck.bookmarks.Tag;
import dev.quarterdeck.bookmarks.Visibility;
import dev.quarterdeck.bookmarks.exchange.SavedSearches.SavedSearch;
import dev.quarterdeck.http.Json;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes everything that we know of a user's bookmarks, but for ids and public links: those belong
/// to one server.
final class JsonWriter implements BookmarkWriter {
  private final Writer out;
  private Part part = Part.BEGINNING;
  private boolean first = true;

  JsonWriter(Writer out) {
    this.out = out;
  }

  private enum Part {
    BEGINNING,
    TAGS,
    BOOKMARKS,
    COLLECTIONS,
    BUNDLES
  }

  @Override
  public void begin(List<Tag> tags, Instant now) throws IOException {
    out.write(
        "{\"format\":\"%s\",\"version\":1,\"exported_at\":\"%s\""
            .formatted(JsonBookmarks.FORMAT, now));
    turn(Part.TAGS, "tags");
    for (Tag tag : tags) {
      Map<String, Object> shown = new LinkedHashMap<>();
      shown.put("name", tag.name());
      shown.put("color", tag.color().label());
      shown.put("description", tag.description());
      line(shown);
    }
    turn(Part.BOOKMARKS, "bookmarks");
  }

  @Override
  public void bookmark(Bookmark bookmark, List<Tag> tags) throws IOException {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("url", bookmark.url());
    shown.put("title", bookmark.title());
    shown.put("description", bookmark.description());
    shown.put("notes", bookmark.notes());
    shown.put("tags", tags.stream().map(Tag::name).toList());
    shown.put("status", bookmark.status().label());
    shown.put("unread", bookmark.unread());
    shown.put("pinned", bookmark.pinned());
    shown.put("shared", bookmark.visibility() == Visibility.TEAM);
    shown.put("created_at", bookmark.createdAt());
    shown.put("updated_at", bookmark.modifiedAt());
    if (!bookmark.page().equals(PageMetadata.NONE)) {
      shown.put("page", page(bookmark.page()));
    }
    line(shown);
  }

  private static Map<String, Object> page(PageMetadata page) {
    Map<String, Object> shown = new LinkedHashMap<>();
    page.title().ifPresent(text -> shown.put("title", text));
    page.description().ifPresent(text -> shown.put("description", text));
    page.favicon().ifPresent(text -> shown.put("favicon", text));
    page.previewImage().ifPresent(text -> shown.put("preview_image", text));
    page.fetchedAt().ifPresent(time -> shown.put("fetched_at", time));
    page.failure().ifPresent(text -> shown.put("failure", text));
    return shown;
  }

  @Override
  public void collection(BookmarkCollection collection, List<String> urls) throws IOException {
    if (part != Part.COLLECTIONS) {
      turn(Part.COLLECTIONS, "collections");
    }
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("name", collection.name());
    shown.put("type", collection.type().label());
    shown.put("filter_rule", collection.filterRule());
    shown.put("pinned", collection.pinned());
    shown.put("urls", urls);
    line(shown);
  }

  @Override
  public void search(SavedSearch search) throws IOException {
    if (part != Part.BUNDLES) {
      turn(Part.BUNDLES, "bundles");
    }
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("name", search.name());
    shown.put("search", search.search());
    shown.put("any_tags", search.anyTags());
    shown.put("all_tags", search.allTags());
    shown.put("excluded_tags", search.excludedTags());
    shown.put("filter_unread", search.unread());
    shown.put("filter_shared", search.shared());
    shown.put("date_created", search.createdAt());
    shown.put("date_modified", search.modifiedAt());
    line(shown);
  }

  @Override
  public void end() throws IOException {
    out.write("\n]}\n");
  }

  private void turn(Part next, String name) throws IOException {
    out.write((part == Part.BEGINNING ? "" : "\n]") + ",\n\"" + name + "\":[");
    part = next;
    first = true;
  }

  private void line(Map<String, Object> value) throws IOException {
    out.write(first ? "\n" : ",\n");
    out.write(Json.text(value));
    first = false;
  }
}

package dev.quarterdeck.bookmarks.http;

import dev.quarterdeck.bookmarks.Bookmark;
import dev.quarterdeck.bookmarks.BookmarkCollection;
import dev.quarterdeck.bookmarks.PageMetadata;
import dev.quarterdeck.bookmarks.Tag;
import dev.quarterdeck.bookmarks.TagBook;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How the seed's API shows things.
final class SeedViews {
  private SeedViews() {}

  record BookmarkView(
      String id,
      String url,
      String title,
      String description,
      List<String> tags,
      String status,
      Instant createdAt,
      Instant updatedAt,
      Map<String, Object> metadata) {}

  record TagView(String id, String name, String color, String description, long usageCount) {}

  /// @param truncated whether there are more members than ids shown
  record CollectionView(
      String id,
      String name,
      String type,
      List<String> bookmarkIds,
      @Nullable String filterRule,
      boolean isPinned,
      long size,
      boolean truncated,
      Instant createdAt) {}

  static BookmarkView of(Bookmark bookmark, TagBook tags) {
    return new BookmarkView(
        bookmark.id(),
        bookmark.url(),
        bookmark.title(),
        bookmark.description(),
        tags.resolve(bookmark.tags()).stream().map(Tag::id).toList(),
        bookmark.status().label(),
        bookmark.createdAt(),
        bookmark.modifiedAt(),
        metadata(bookmark.page()));
  }

  static List<BookmarkView> of(List<Bookmark> bookmarks, TagBook tags) {
    return bookmarks.stream().map(bookmark -> of(bookmark, tags)).toList();
  }

  /// What is known of the page; nothing that is not known.
  static Map<String, Object> metadata(PageMetadata page) {
    Map<String, Object> known = new TreeMap<>();
    put(known, "title", page.title());
    put(known, "description", page.description());
    put(known, "favicon", page.favicon());
    put(known, "preview_image", page.previewImage());
    put(known, "fetched_at", page.fetchedAt());
    put(known, "failure", page.failure());
    return known;
  }

  private static void put(Map<String, Object> known, String name, Optional<?> value) {
    value.ifPresent(present -> known.put(name, present));
  }

  static TagView of(Tag tag, long usage) {
    return new TagView(tag.id(), tag.name(), tag.color().label(), tag.description(), usage);
  }

  static CollectionView of(BookmarkCollection collection, List<String> ids, long size) {
    boolean smart = collection.type() == BookmarkCollection.Type.SMART;
    return new CollectionView(
        collection.id(),
        collection.name(),
        collection.type().label(),
        ids,
        smart ? collection.filterRule() : null,
        collection.pinned(),
        size,
        ids.size() < size,
        collection.createdAt());
  }
}

package dev.quarterdeck.bookmarks.http;

import dev.quarterdeck.bookmarks.Bookmark;
import dev.quarterdeck.bookmarks.PublicLink;
import dev.quarterdeck.bookmarks.Tag;
import dev.quarterdeck.bookmarks.TagBook;
import dev.quarterdeck.bookmarks.Tags;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How our own API shows things.
final class V1Views {
  private final Tags tags;
  private final InstantSource clock;

  V1Views(Tags tags, InstantSource clock) {
    this.tags = tags;
    this.clock = clock;
  }

  record BookmarkView(
      String id,
      int number,
      String owner,
      String url,
      String title,
      String description,
      String notes,
      List<TagName> tags,
      String status,
      boolean unread,
      boolean pinned,
      String visibility,
      @Nullable LinkView publicLink,
      Map<String, Object> metadata,
      long version,
      Instant createdAt,
      Instant modifiedAt,
      @Nullable Instant trashedAt) {}

  record TagName(String id, String name) {}

  /// @param url path of the public page on this server
  record LinkView(String url, String token, @Nullable Instant expiresAt, boolean valid) {}

  record TagView(
      String id,
      int number,
      String name,
      String color,
      String description,
      long usageCount,
      @Nullable String parent,
      Instant createdAt) {}

  /// What the owner sees.
  BookmarkView own(Bookmark bookmark) {
    return of(bookmark, bookmark.notes(), bookmark.publicLink());
  }

  List<BookmarkView> own(List<Bookmark> bookmarks) {
    return bookmarks.stream().map(this::own).toList();
  }

  /// What others of the team see: no notes, no public link.
  BookmarkView shared(Bookmark bookmark) {
    return of(bookmark, "", Optional.empty());
  }

  private BookmarkView of(Bookmark bookmark, String notes, Optional<PublicLink> link) {
    TagBook book = tags.of(bookmark.owner());
    return new BookmarkView(
        bookmark.id(),
        bookmark.number(),
        bookmark.owner(),
        bookmark.url(),
        bookmark.title(),
        bookmark.description(),
        notes,
        book.resolve(bookmark.tags()).stream()
            .map(tag -> new TagName(tag.id(), tag.name()))
            .toList(),
        bookmark.status().label(),
        bookmark.unread(),
        bookmark.pinned(),
        bookmark.visibility().label(),
        link.map(this::link).orElse(null),
        SeedViews.metadata(bookmark.page()),
        bookmark.version(),
        bookmark.createdAt(),
        bookmark.modifiedAt(),
        bookmark.trashedAt().orElse(null));
  }

  private LinkView link(PublicLink link) {
    return new LinkView(
        PublicRoutes.PAGE + link.token(),
        link.token(),
        link.expiresAt().orElse(null),
        link.valid(clock.instant()));
  }

  static TagView of(Tag tag, long usage) {
    int slash = tag.name().lastIndexOf('/');
    return new TagView(
        tag.id(),
        tag.number(),
        tag.name(),
        tag.color().label(),
        tag.description(),
        usage,
        slash < 0 ? null : tag.name().substring(0, slash),
        tag.createdAt());
  }
}

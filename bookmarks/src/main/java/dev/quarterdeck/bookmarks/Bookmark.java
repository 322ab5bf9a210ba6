package dev.quarterdeck.bookmarks;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A link that somebody keeps.
///
/// @param id 12 lower-case hexadecimal digits
/// @param number positive, fits 31 bits, never used twice; for clients that need whole numbers
/// @param owner id of the user whose it is
/// @param version 1 when made, one more for each change
/// @param url as typed, at most 2,048 characters
/// @param title at most 512 characters; may be empty
/// @param description at most 20,000 characters
/// @param notes Markdown, at most 100,000 characters
/// @param tags ids of tags, each once, in the order given. A tag may be gone or merged into another
///   since: [TagBook#resolve] tells what they stand for now
/// @param unread to be read later
/// @param before the status that it had before it went to the trash
/// @param trashedAt when it went to the trash; empty when it is not there
/// @param request the request that made it, when it named itself
public record Bookmark(
    String id,
    int number,
    String owner,
    @JsonIgnore long version,
    String url,
    String title,
    String description,
    String notes,
    List<String> tags,
    Status status,
    boolean unread,
    boolean pinned,
    Visibility visibility,
    Optional<PublicLink> publicLink,
    PageMetadata page,
    Optional<Status> before,
    Optional<Instant> trashedAt,
    Optional<RequestKey> request,
    Instant createdAt,
    Instant modifiedAt) {
  public Bookmark {
    tags = List.copyOf(tags);
  }

  /// Whether it is in the trash.
  @JsonIgnore
  public boolean trashed() {
    return status == Status.TRASHED;
  }

  /// This bookmark as something that can be changed.
  BookmarkDraft draft() {
    return new BookmarkDraft(this);
  }

  Bookmark withVersion(long value) {
    return new Bookmark(
        id,
        number,
        owner,
        value,
        url,
        title,
        description,
        notes,
        tags,
        status,
        unread,
        pinned,
        visibility,
        publicLink,
        page,
        before,
        trashedAt,
        request,
        createdAt,
        modifiedAt);
  }

  /// A request that can be repeated without a second effect.
  ///
  /// @param key hash of what the caller named it
  /// @param body hash of what it asked for
  public record RequestKey(String key, String body) {}
}

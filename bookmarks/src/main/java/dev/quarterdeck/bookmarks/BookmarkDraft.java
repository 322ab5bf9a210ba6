package dev.quarterdeck.bookmarks;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A bookmark while it is made or changed. Belongs to one thread; [Bookmarks] checks it.
public final class BookmarkDraft {
  private final @Nullable Bookmark from;
  private String url;
  private String title = "";
  private String description = "";
  private String notes = "";
  private List<String> tags = List.of();
  private Status status = Status.ACTIVE;
  private boolean unread;
  private boolean pinned;
  private Visibility visibility = Visibility.PRIVATE;
  private Optional<PublicLink> publicLink = Optional.empty();
  private PageMetadata page = PageMetadata.NONE;
  private Optional<Status> before = Optional.empty();
  private Optional<Instant> trashedAt = Optional.empty();
  private Optional<Bookmark.RequestKey> request = Optional.empty();
  private Optional<Instant> createdAt = Optional.empty();
  private Optional<Instant> modifiedAt = Optional.empty();

  BookmarkDraft(Bookmark from) {
    this.from = from;
    url = from.url();
    title = from.title();
    description = from.description();
    notes = from.notes();
    tags = from.tags();
    status = from.status();
    unread = from.unread();
    pinned = from.pinned();
    visibility = from.visibility();
    publicLink = from.publicLink();
    page = from.page();
    before = from.before();
    trashedAt = from.trashedAt();
    request = from.request();
    createdAt = Optional.of(from.createdAt());
  }

  private BookmarkDraft(String url) {
    this.from = null;
    this.url = url;
  }

  /// A new bookmark: active, private, read, without texts and tags.
  public static BookmarkDraft of(String url) {
    return new BookmarkDraft(url);
  }

  public String url() {
    return url;
  }

  public String title() {
    return title;
  }

  public String description() {
    return description;
  }

  public String notes() {
    return notes;
  }

  public List<String> tags() {
    return tags;
  }

  public Status status() {
    return status;
  }

  public BookmarkDraft url(String value) {
    url = value;
    return this;
  }

  public BookmarkDraft title(String value) {
    title = value;
    return this;
  }

  public BookmarkDraft description(String value) {
    description = value;
    return this;
  }

  public BookmarkDraft notes(String value) {
    notes = value;
    return this;
  }

  /// Replaces the tags.
  ///
  /// @param ids of [Tags]; what comes twice counts once
  public BookmarkDraft tags(List<String> ids) {
    tags = List.copyOf(new LinkedHashSet<>(ids));
    return this;
  }

  /// Adds tags that it does not have yet.
  public BookmarkDraft addTags(List<String> ids) {
    List<String> all = new ArrayList<>(tags);
    all.addAll(ids);
    return tags(all);
  }

  /// Takes tags off.
  public BookmarkDraft removeTags(List<String> ids) {
    return tags(tags.stream().filter(id -> !ids.contains(id)).toList());
  }

  /// Moves it: into the trash, out of it, into the archive or back to the lists.
  public BookmarkDraft status(Status value) {
    if (value == Status.TRASHED && status != Status.TRASHED) {
      before = Optional.of(status);
    } else if (value != Status.TRASHED) {
      before = Optional.empty();
      trashedAt = Optional.empty();
    }
    status = value;
    return this;
  }

  /// Moves it out of the trash to where it was before. Does nothing to others.
  public BookmarkDraft untrash() {
    return status == Status.TRASHED ? status(before.orElse(Status.ACTIVE)) : this;
  }

  public BookmarkDraft unread(boolean value) {
    unread = value;
    return this;
  }

  public BookmarkDraft pinned(boolean value) {
    pinned = value;
    return this;
  }

  public BookmarkDraft visibility(Visibility value) {
    visibility = value;
    return this;
  }

  public BookmarkDraft publicLink(Optional<PublicLink> value) {
    publicLink = value;
    return this;
  }

  public BookmarkDraft page(PageMetadata value) {
    page = value;
    return this;
  }

  /// Names the request that makes it: [Bookmarks#create] answers the same bookmark again.
  ///
  /// @param key what the caller calls the request
  /// @param body what it asks for
  public BookmarkDraft request(String key, String body) {
    request = Optional.of(new Bookmark.RequestKey(UrlKeys.hash(key), UrlKeys.hash(body)));
    return this;
  }

  Optional<Bookmark.RequestKey> request() {
    return request;
  }

  /// When it was first saved; now, when this is not called.
  public BookmarkDraft createdAt(Instant value) {
    createdAt = Optional.of(value);
    return this;
  }

  /// When it was last changed; now, when this is not called.
  public BookmarkDraft modifiedAt(Instant value) {
    modifiedAt = Optional.of(value);
    return this;
  }

  /// Leaves the time of the last change as it is.
  public BookmarkDraft keepModifiedAt() {
    modifiedAt = Optional.ofNullable(from).map(Bookmark::modifiedAt);
    return this;
  }

  /// The new bookmark.
  Bookmark made(String id, int number, String owner, Instant now) {
    Instant added = createdAt.orElse(now);
    return built(id, number, owner, now, added, modifiedAt.orElse(createdAt.orElse(now)), 0);
  }

  /// The changed bookmark; the one that it comes from when nothing changed.
  Bookmark changed(Bookmark stored, Instant now) {
    if (!stored.equals(from)) {
      throw new IllegalStateException("the draft is of another bookmark");
    }
    Instant added = createdAt.orElse(stored.createdAt());
    Instant same = modifiedAt.orElse(stored.modifiedAt());
    Bookmark unchanged = built(stored, stored.trashedAt().orElse(now), added, same);
    return unchanged.equals(stored)
        ? stored
        : built(stored, stored.trashedAt().orElse(now), added, modifiedAt.orElse(now));
  }

  private Bookmark built(Bookmark stored, Instant trashed, Instant added, Instant modified) {
    return built(
        stored.id(), stored.number(), stored.owner(), trashed, added, modified, stored.version());
  }

  private Bookmark built(
      String id,
      int number,
      String owner,
      Instant now,
      Instant added,
      Instant modified,
      long version) {
    return new Bookmark(
        id,
        number,
        owner,
        version,
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
        status == Status.TRASHED ? trashedAt.or(() -> Optional.of(now)) : Optional.empty(),
        request,
        added.truncatedTo(ChronoUnit.MICROS),
        modified.truncatedTo(ChronoUnit.MICROS));
  }
}

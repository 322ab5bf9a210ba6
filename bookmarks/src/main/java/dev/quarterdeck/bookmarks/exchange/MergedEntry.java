package dev.quarterdeck.bookmarks.exchange;

import dev.quarterdeck.bookmarks.Bookmark;
import dev.quarterdeck.bookmarks.BookmarkDraft;
import dev.quarterdeck.bookmarks.BookmarkRules;
import dev.quarterdeck.bookmarks.PageMetadata;
import dev.quarterdeck.bookmarks.Status;
import dev.quarterdeck.bookmarks.Visibility;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// All entries of a chunk with one URL, as one: tags and folders of all, the oldest date, the first
/// text that is there. Belongs to one thread.
final class MergedEntry {
  final List<ImportedBookmark> entries = new ArrayList<>();
  final Set<String> tagNames = new LinkedHashSet<>();
  final Set<String> collections = new LinkedHashSet<>();

  ImportedBookmark first() {
    return entries.getFirst();
  }

  /// A new bookmark.
  BookmarkDraft draft(List<String> tagIds, boolean sharing) {
    ImportedBookmark first = first();
    BookmarkDraft draft =
        BookmarkDraft.of(first.url())
            .title(text(ImportedBookmark::title))
            .description(text(ImportedBookmark::description))
            .notes(text(ImportedBookmark::notes))
            .tags(bounded(tagIds))
            .unread(entries.stream().anyMatch(ImportedBookmark::unread))
            .pinned(entries.stream().anyMatch(ImportedBookmark::pinned))
            .page(first.page());
    if (first.archived()) {
      draft.status(Status.ARCHIVED);
    }
    if (first.trashed()) {
      draft.status(Status.TRASHED);
    }
    if (sharing && entries.stream().anyMatch(entry -> entry.shared().orElse(false))) {
      draft.visibility(Visibility.TEAM);
    }
    oldest().ifPresent(draft::createdAt);
    entries.stream()
        .flatMap(entry -> entry.modified().stream())
        .max(Instant::compareTo)
        .or(this::oldest)
        .ifPresent(draft::modifiedAt);
    return draft;
  }

  /// Brings to a bookmark what it lacks; what it has stays.
  void apply(BookmarkDraft draft, Bookmark stored, List<String> tagIds) {
    List<String> tags = new ArrayList<>(draft.tags());
    tagIds.stream().filter(id -> !tags.contains(id)).forEach(tags::add);
    draft.tags(tags.size() <= BookmarkRules.TAGS_MAX ? tags : bounded(tags));
    if (draft.title().isEmpty()) {
      draft.title(text(ImportedBookmark::title));
    }
    if (draft.description().isEmpty()) {
      draft.description(text(ImportedBookmark::description));
    }
    if (draft.notes().isEmpty()) {
      draft.notes(text(ImportedBookmark::notes));
    }
    if (stored.page().equals(PageMetadata.NONE)) {
      draft.page(first().page());
    }
    oldest().filter(stored.createdAt()::isAfter).ifPresent(draft::createdAt);
  }

  /// Whether a bookmark lacks something, tags aside.
  boolean brings(Bookmark stored) {
    return (stored.title().isEmpty() && !text(ImportedBookmark::title).isEmpty())
        || (stored.description().isEmpty() && !text(ImportedBookmark::description).isEmpty())
        || (stored.notes().isEmpty() && !text(ImportedBookmark::notes).isEmpty())
        || oldest().filter(stored.createdAt()::isAfter).isPresent();
  }

  private static List<String> bounded(List<String> tags) {
    return tags.subList(0, Math.min(tags.size(), BookmarkRules.TAGS_MAX));
  }

  private Optional<Instant> oldest() {
    return entries.stream().flatMap(entry -> entry.added().stream()).min(Instant::compareTo);
  }

  private String text(Function<ImportedBookmark, String> part) {
    return entries.stream().map(part).filter(text -> !text.isEmpty()).findFirst().orElse("");
  }
}

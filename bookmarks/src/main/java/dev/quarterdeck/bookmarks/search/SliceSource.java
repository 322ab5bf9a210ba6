package dev.quarterdeck.bookmarks.search;

import dev.quarterdeck.bookmarks.Bookmark;
import dev.quarterdeck.bookmarks.BookmarkChange;
import dev.quarterdeck.bookmarks.BookmarksSlice;
import dev.quarterdeck.bookmarks.TagBook;
import dev.quarterdeck.bookmarks.search.Indexed.TagName;
import dev.quarterdeck.store.EventJournal.Entry;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// The truth as the slice stores it.
final class SliceSource implements SearchSource {
  private final BookmarksSlice.Sources sources;

  SliceSource(BookmarksSlice.Sources sources) {
    this.sources = sources;
  }

  @Override
  public List<Indexed> findAll(Collection<String> ids) {
    return sources.bookmarks().findAllStored(ids).stream()
        .filter(bookmark -> !bookmark.trashed())
        .map(this::indexed)
        .toList();
  }

  @Override
  public Optional<String> changed(Entry event) {
    return event.event().topic().equals(BookmarkChange.TOPIC)
        ? Optional.of(event.event().key())
        : Optional.empty();
  }

  @Override
  public Page page(Optional<String> after, int limit) {
    List<Bookmark> page = sources.lists().everything(after.orElse(""), limit);
    return new Page(
        page.stream().filter(bookmark -> !bookmark.trashed()).map(this::indexed).toList(),
        page.size() < limit ? Optional.empty() : Optional.of(page.getLast().id()));
  }

  @Override
  public List<TagName> tags(String owner) {
    TagBook book = sources.tags().of(owner);
    return book.tags().stream()
        .flatMap(tag -> book.idsOf(tag).stream().map(id -> new TagName(id, tag.name())))
        .toList();
  }

  Optional<Bookmark> bookmark(Answer.Hit hit) {
    return sources
        .bookmarks()
        .findStored(hit.id())
        .filter(bookmark -> bookmark.owner().equals(hit.owner()));
  }

  /// The bookmark as the search sees it: under the ids of tags that it holds, with the names that
  /// they stand for now.
  Indexed indexed(Bookmark bookmark) {
    TagBook book = sources.tags().of(bookmark.owner());
    return new Indexed(
        bookmark.id(),
        bookmark.number(),
        bookmark.owner(),
        bookmark.url(),
        bookmark.title(),
        bookmark.description(),
        bookmark.notes(),
        bookmark.tags().stream()
            .flatMap(id -> book.resolve(id).map(tag -> new TagName(id, tag.name())).stream())
            .toList(),
        switch (bookmark.status()) {
          case ACTIVE, TRASHED -> false;
          case ARCHIVED -> true;
        },
        bookmark.unread(),
        switch (bookmark.visibility()) {
          case PRIVATE -> false;
          case TEAM -> true;
        },
        bookmark.pinned(),
        bookmark.createdAt(),
        bookmark.modifiedAt());
  }
}

package dev.quarterdeck.bookmarks;

import dev.quarterdeck.store.Change;
import dev.quarterdeck.store.Change.Urgency;
import dev.quarterdeck.store.Documents;
import dev.quarterdeck.store.DuplicateValue;
import dev.quarterdeck.store.Query;
import dev.quarterdeck.store.VersionConflict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// The stored bookmarks, with their totals and their cache kept true by every commit. Safe for all
/// threads.
final class BookmarkStore {
  private final Records<Bookmark> records;
  private final BookmarkEvents events;
  private final Totals totals;
  private final BookmarkCache cache;

  BookmarkStore(Documents documents, BookmarkEvents events, BookmarkCache cache) {
    this.events = events;
    this.cache = cache;
    this.records =
        new Records<>(
            documents,
            new Records.Shape<>(
                BookmarkKinds.BOOKMARK,
                Bookmark.class,
                Bookmark::id,
                Bookmark::version,
                BookmarkKinds::indexed,
                Bookmark::withVersion));
    this.totals =
        new Totals(list -> records.count(List.of(BookmarkKinds.begins("created_key", list))));
  }

  Optional<Bookmark> find(String id) {
    return cache.get(id, () -> records.find(id));
  }

  /// The stored state, past the cache: what a change starts from.
  Optional<Bookmark> findStored(String id) {
    return records.find(id);
  }

  /// The stored states, past the cache.
  List<Bookmark> findAllStored(Collection<String> ids) {
    return records.findAll(ids);
  }

  Optional<Bookmark> findBy(String field, String value) {
    return records.findBy(field, value);
  }

  Records.Page<Bookmark> page(
      List<Query.Condition> conditions,
      String sort,
      boolean descending,
      int limit,
      Optional<Query.Cursor> from) {
    return records.page(conditions, sort, descending, limit, from);
  }

  /// Passes over documents without reading them: where the following page starts.
  Optional<Query.Cursor> skip(
      List<Query.Condition> conditions,
      String sort,
      boolean descending,
      long count,
      Optional<Query.Cursor> from) {
    return records.skip(conditions, sort, descending, count, from);
  }

  long total(String owner, Status status) {
    return totals.of(BookmarkKinds.list(owner, status));
  }

  Bookmark create(Bookmark made, Urgency urgency) throws VersionConflict, DuplicateValue {
    totals.begin();
    try {
      Bookmark stored =
          records.put(made, List.of(events.of(BookmarkChange.Type.CREATED, made)), urgency);
      totals.joined(BookmarkKinds.list(made.owner(), made.status()));
      return stored;
    } finally {
      totals.end();
    }
  }

  /// Makes many, each for itself.
  ///
  /// @return what became of each, in the order given
  List<Documents.Outcome> createAll(List<Bookmark> made, Urgency urgency) {
    List<Change> changes = new ArrayList<>(made.size());
    for (Bookmark bookmark : made) {
      changes.add(
          records.prepared(bookmark, events.of(BookmarkChange.Type.CREATED, bookmark), urgency));
    }
    totals.begin();
    try {
      List<Documents.Outcome> outcomes = records.commitAll(changes);
      for (int i = 0; i < made.size(); i++) {
        if (outcomes.get(i) instanceof Documents.Outcome.Committed) {
          totals.joined(BookmarkKinds.list(made.get(i).owner(), made.get(i).status()));
        }
      }
      return outcomes;
    } finally {
      totals.end();
    }
  }

  Bookmark change(Bookmark before, Bookmark next, Urgency urgency)
      throws VersionConflict, DuplicateValue {
    BookmarkChange.Type type = BookmarkChange.Type.between(before.status(), next.status());
    totals.begin();
    try {
      Bookmark stored = records.put(next, List.of(events.of(type, next)), urgency);
      if (before.status() != next.status()) {
        totals.left(BookmarkKinds.list(before.owner(), before.status()));
        totals.joined(BookmarkKinds.list(next.owner(), next.status()));
      }
      return stored;
    } finally {
      cache.written(before.id());
      totals.end();
    }
  }

  void delete(Bookmark last, Urgency urgency) throws VersionConflict {
    totals.begin();
    try {
      records.delete(last, List.of(events.of(BookmarkChange.Type.DELETED, last)), urgency);
      totals.left(BookmarkKinds.list(last.owner(), last.status()));
    } finally {
      cache.written(last.id());
      totals.end();
    }
  }
}

package dev.quarterdeck.bookmarks.exchange;

import dev.quarterdeck.bookmarks.Bookmark;
import dev.quarterdeck.bookmarks.BookmarkCollection;
import dev.quarterdeck.bookmarks.BookmarkCollections;
import dev.quarterdeck.bookmarks.BookmarkRules;
import dev.quarterdeck.bookmarks.BookmarksSlice;
import dev.quarterdeck.bookmarks.exchange.ImportProblem.Code;
import dev.quarterdeck.runtime.ProblemException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The collections that an import makes or fills. One with the same name and type is used again.
/// Belongs to one thread.
final class FolderCollections {
  private final BookmarksSlice slice;
  private final String owner;
  private final ReportKeeper report;

  FolderCollections(BookmarksSlice slice, String owner, ReportKeeper report) {
    this.slice = slice;
    this.owner = owner;
    this.report = report;
  }

  /// Puts bookmarks into the manual collection with this name.
  void add(Place place, String rawName, List<String> ids) {
    try {
      String name = FileText.cut(rawName, BookmarkRules.COLLECTION_NAME_MAX);
      slice.collections().addAll(owner, named(name, BookmarkCollection.Type.MANUAL, "").id(), ids);
    } catch (ProblemException refused) {
      tell(place, rawName, refused);
    }
  }

  /// Takes over a collection of our own files.
  void restore(ImportedCollection imported) {
    BookmarkCollection.Type type =
        imported.rule().isEmpty() ? BookmarkCollection.Type.MANUAL : BookmarkCollection.Type.SMART;
    try {
      boolean fresh = find(imported.name(), type).isEmpty();
      BookmarkCollection collection = named(imported.name(), type, imported.rule());
      if (fresh && imported.pinned()) {
        slice
            .collections()
            .update(
                owner,
                collection.id(),
                OptionalLong.empty(),
                new BookmarkCollections.Edit(
                    Optional.empty(), Optional.empty(), Optional.of(true), Optional.empty()));
      }
      if (type == BookmarkCollection.Type.MANUAL) {
        List<String> ids =
            imported.urls().stream()
                .flatMap(url -> slice.bookmarks().findByUrl(owner, url).stream())
                .map(Bookmark::id)
                .distinct()
                .toList();
        slice.collections().addAll(owner, collection.id(), ids);
      }
    } catch (ProblemException refused) {
      tell(imported.place(), imported.name(), refused);
    }
  }

  private BookmarkCollection named(String name, BookmarkCollection.Type type, String rule) {
    Optional<BookmarkCollection> there = find(name, type);
    if (there.isPresent()) {
      return there.get();
    }
    BookmarkCollection made = slice.collections().create(owner, name, type, rule);
    report.collectionMade();
    return made;
  }

  private Optional<BookmarkCollection> find(String name, BookmarkCollection.Type type) {
    return slice.collections().of(owner).stream()
        .filter(each -> each.type() == type && each.name().equals(name.strip()))
        .findFirst();
  }

  private void tell(Place place, String name, ProblemException refused) {
    report.problem(
        new ImportProblem(
            place,
            Code.COLLECTION_DROPPED,
            "collection %s: %s".formatted(Entries.shown(name), refused.problem().detail())));
  }
}

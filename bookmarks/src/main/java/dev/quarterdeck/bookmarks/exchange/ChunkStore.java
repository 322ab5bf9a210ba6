package dev.quarterdeck.bookmarks.exchange;

import dev.quarterdeck.bookmarks.Bookmark;
import dev.quarterdeck.bookmarks.BookmarkDraft;
import dev.quarterdeck.bookmarks.BookmarkLists;
import dev.quarterdeck.bookmarks.Bookmarks.Written;
import dev.quarterdeck.bookmarks.BookmarksSlice;
import dev.quarterdeck.bookmarks.Status;
import dev.quarterdeck.bookmarks.Tag;
import dev.quarterdeck.bookmarks.UrlKeys;
import dev.quarterdeck.bookmarks.exchange.ImportOptions.Folders;
import dev.quarterdeck.bookmarks.exchange.ImportProblem.Code;
import dev.quarterdeck.bookmarks.exchange.ReportKeeper.Outcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Stores imported bookmarks, a chunk at a time. A chunk that was stored before changes nothing
/// when it is stored again. Belongs to one thread.
final class ChunkStore {
  /// Greatest number of entries of a chunk.
  static final int CHUNK = 1_000;

  private final BookmarksSlice slice;
  private final String owner;
  private final ImportOptions options;
  private final ReportKeeper report;
  private final FolderCollections collections;
  private final Set<String> seen = new HashSet<>();
  private @Nullable Set<String> trash;
  private boolean mayExist = true;

  ChunkStore(BookmarksSlice slice, String owner, ImportOptions options, ReportKeeper report) {
    this.slice = slice;
    this.owner = owner;
    this.options = options;
    this.report = report;
    this.collections = new FolderCollections(slice, owner, report);
  }

  void store(List<ImportedBookmark> chunk) {
    Collection<MergedEntry> all = merged(chunk);
    Map<MergedEntry, Bookmark> existing = mayExist || options.dryRun() ? existing(all) : Map.of();
    mayExist = !existing.isEmpty();
    if (options.dryRun()) {
      all.forEach(entry -> foresee(entry, Optional.ofNullable(existing.get(entry))));
      return;
    }
    Map<String, String> tagIds = tagIds(all);
    List<MergedEntry> fresh = new ArrayList<>();
    Map<MergedEntry, Bookmark> known = new LinkedHashMap<>();
    for (MergedEntry entry : all) {
      Bookmark there = existing.get(entry);
      if (there != null) {
        known.put(entry, there);
      } else if (inTrash(entry)) {
        tell(entry, Outcome.UNCHANGED);
      } else {
        fresh.add(entry);
      }
    }
    known.putAll(create(fresh, tagIds));
    update(known, tagIds);
  }

  private Collection<MergedEntry> merged(List<ImportedBookmark> chunk) {
    Map<String, MergedEntry> all = new LinkedHashMap<>();
    for (ImportedBookmark entry : chunk) {
      String key = (entry.trashed() ? "trash " : "") + UrlKeys.same(entry.url());
      MergedEntry merged = all.computeIfAbsent(key, _ -> new MergedEntry());
      merged.entries.add(entry);
      merged.tagNames.addAll(options.tags());
      merged.tagNames.addAll(entry.tags());
      if (!entry.folders().isEmpty() && options.folders() != Folders.IGNORE) {
        folder(entry, merged);
      }
    }
    return all.values();
  }

  private void folder(ImportedBookmark entry, MergedEntry merged) {
    if (options.folders() == Folders.COLLECTIONS) {
      merged.collections.add(String.join("/", entry.folders()));
      return;
    }
    String tag = TagPaths.folder(entry.folders());
    if (TagPaths.reserved(tag)) {
      report.problem(
          new ImportProblem(
              entry.place(),
              Code.TAG_DROPPED,
              "folder: %s is a reserved name for a tag (expected: another name); it is left out"
                  .formatted(tag)));
    } else if (!tag.isEmpty()) {
      merged.tagNames.add(tag);
    }
  }

  /// Looks up all at once; one after the other would leave the store idle.
  private Map<MergedEntry, Bookmark> existing(Collection<MergedEntry> all) {
    Map<MergedEntry, Future<Optional<Bookmark>>> asked = new LinkedHashMap<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (MergedEntry entry : all) {
        if (!entry.first().trashed()) {
          asked.put(
              entry,
              executor.submit(() -> slice.bookmarks().findByUrl(owner, entry.first().url())));
        }
      }
    }
    Map<MergedEntry, Bookmark> found = new HashMap<>();
    asked.forEach(
        (entry, answer) -> answer.resultNow().ifPresent(bookmark -> found.put(entry, bookmark)));
    return found;
  }

  private boolean inTrash(MergedEntry entry) {
    if (!entry.first().trashed()) {
      return false;
    }
    Set<String> keys = trash;
    if (keys == null) {
      keys = new HashSet<>();
      Optional<String> cursor = Optional.empty();
      do {
        BookmarkLists.Page page =
            slice
                .lists()
                .of(owner, Status.TRASHED, BookmarkLists.Sort.ADDED_ASCENDING, cursor, CHUNK);
        for (Bookmark bookmark : page.bookmarks()) {
          keys.add(UrlKeys.same(bookmark.url()));
        }
        cursor = page.next();
      } while (cursor.isPresent());
      trash = keys;
    }
    return !keys.add(UrlKeys.same(entry.first().url()));
  }

  private Map<String, String> tagIds(Collection<MergedEntry> all) {
    Set<String> names = new LinkedHashSet<>();
    all.forEach(entry -> names.addAll(entry.tagNames));
    Map<String, String> ids = new HashMap<>();
    for (Tag tag : slice.tags().ensure(owner, List.copyOf(names))) {
      ids.put(tag.name().toLowerCase(Locale.ROOT), tag.id());
    }
    for (String name : names) {
      if (!ids.containsKey(name.toLowerCase(Locale.ROOT))) {
        slice
            .tags()
            .of(owner)
            .named(name)
            .ifPresent(tag -> ids.put(name.toLowerCase(Locale.ROOT), tag.id()));
      }
    }
    return ids;
  }

  private static List<String> tags(MergedEntry entry, Map<String, String> ids) {
    return entry.tagNames.stream()
        .flatMap(name -> Optional.ofNullable(ids.get(name.toLowerCase(Locale.ROOT))).stream())
        .distinct()
        .toList();
  }

  /// Makes the new ones.
  ///
  /// @return those that somebody else made meanwhile
  private Map<MergedEntry, Bookmark> create(List<MergedEntry> fresh, Map<String, String> tagIds) {
    List<BookmarkDraft> drafts =
        fresh.stream().map(entry -> entry.draft(tags(entry, tagIds), options.sharing())).toList();
    List<Written> written = slice.bookmarks().createAll(owner, drafts);
    Map<MergedEntry, Bookmark> there = new LinkedHashMap<>();
    Map<String, List<String>> members = new LinkedHashMap<>();
    for (int i = 0; i < fresh.size(); i++) {
      MergedEntry entry = fresh.get(i);
      switch (written.get(i)) {
        case Written.Done(Bookmark made) -> {
          tell(entry, Outcome.ADDED);
          entry.collections.forEach(
              name -> members.computeIfAbsent(name, _ -> new ArrayList<>()).add(made.id()));
        }
        case Written.Refused refused -> {
          Optional<Bookmark> found = slice.bookmarks().findByUrl(owner, entry.first().url());
          if (found.isPresent() && refused.problem().code().equals("bookmark_exists")) {
            mayExist = true;
            there.put(entry, found.get());
          } else {
            refused(entry, refused);
          }
        }
      }
    }
    members.forEach((name, ids) -> collections.add(fresh.getFirst().first().place(), name, ids));
    return there;
  }

  private void update(Map<MergedEntry, Bookmark> known, Map<String, String> tagIds) {
    Map<String, MergedEntry> byId = new LinkedHashMap<>();
    Map<String, List<String>> members = new LinkedHashMap<>();
    known.forEach(
        (entry, bookmark) -> {
          byId.put(UrlKeys.same(bookmark.url()), entry);
          entry.collections.forEach(
              name -> members.computeIfAbsent(name, _ -> new ArrayList<>()).add(bookmark.id()));
        });
    List<Bookmark> before = List.copyOf(known.values());
    Map<String, Bookmark> stored = new HashMap<>();
    before.forEach(bookmark -> stored.put(UrlKeys.same(bookmark.url()), bookmark));
    List<Written> written =
        slice
            .bookmarks()
            .updateAll(
                owner,
                before.stream().map(Bookmark::id).toList(),
                draft -> {
                  String key = UrlKeys.same(draft.url());
                  MergedEntry entry = byId.get(key);
                  Bookmark old = stored.get(key);
                  if (entry != null && old != null) {
                    entry.apply(draft, old, tags(entry, tagIds));
                  }
                });
    int i = 0;
    for (Map.Entry<MergedEntry, Bookmark> pair : known.entrySet()) {
      switch (written.get(i++)) {
        case Written.Done(Bookmark after) ->
            tell(
                pair.getKey(),
                after.version() == pair.getValue().version() ? Outcome.UNCHANGED : Outcome.MERGED);
        case Written.Refused refused -> refused(pair.getKey(), refused);
      }
    }
    members.forEach(
        (name, ids) ->
            collections.add(known.keySet().iterator().next().first().place(), name, ids));
  }

  /// What would become of an entry.
  private void foresee(MergedEntry entry, Optional<Bookmark> there) {
    if (there.isEmpty()) {
      boolean again = !seen.add(UrlKeys.same(entry.first().url()));
      tell(entry, again ? Outcome.MERGED : Outcome.ADDED);
      return;
    }
    Set<String> has = new HashSet<>();
    slice
        .tags()
        .of(owner)
        .resolve(there.get().tags())
        .forEach(tag -> has.add(tag.name().toLowerCase(Locale.ROOT)));
    boolean brings =
        entry.brings(there.get())
            || entry.tagNames.stream()
                .anyMatch(name -> !has.contains(name.toLowerCase(Locale.ROOT)));
    tell(entry, brings ? Outcome.MERGED : Outcome.UNCHANGED);
  }

  private void tell(MergedEntry entry, Outcome outcome) {
    report.entry(outcome, entry.first());
    for (ImportedBookmark other : entry.entries.subList(1, entry.entries.size())) {
      report.entry(outcome == Outcome.ADDED ? Outcome.MERGED : outcome, other);
    }
  }

  private void refused(MergedEntry entry, Written.Refused refused) {
    for (ImportedBookmark each : entry.entries) {
      report.problem(
          new ImportProblem(
              each.place(),
              Code.BROKEN_ENTRY,
              "%s; the entry is skipped".formatted(refused.problem().detail())));
    }
  }

  FolderCollections collections() {
    return collections;
  }
}

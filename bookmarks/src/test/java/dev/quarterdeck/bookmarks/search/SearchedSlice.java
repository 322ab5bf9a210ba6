package dev.quarterdeck.bookmarks.search;

import dev.quarterdeck.bookmarks.Bookmark;
import dev.quarterdeck.bookmarks.BookmarkDraft;
import dev.quarterdeck.bookmarks.BookmarkKinds;
import dev.quarterdeck.bookmarks.Bookmarks;
import dev.quarterdeck.bookmarks.BookmarksSlice;
import dev.quarterdeck.bookmarks.Tag;
import dev.quarterdeck.bookmarks.Tags;
import dev.quarterdeck.bookmarks.TestSettings;
import dev.quarterdeck.bookmarks.bulk.BulkChanges;
import dev.quarterdeck.bookmarks.jobs.Jobs;
import dev.quarterdeck.bookmarks.search.SearchScope.States;
import dev.quarterdeck.events.EventOrigin;
import dev.quarterdeck.store.EventJournal;
import dev.quarterdeck.store.sqlite.SqliteStore;
import dev.quarterdeck.testing.Awaiting;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/// A slice over a real store and a real index, opened once.
public final class SearchedSlice implements AutoCloseable {
  private final SqliteStore store;
  private final BookmarksSlice slice;
  private final IndexedSearch search;
  private final Jobs jobs;

  private SearchedSlice(SqliteStore store, BookmarksSlice slice, IndexedSearch search) {
    this.store = store;
    this.slice = slice;
    this.search = search;
    this.jobs =
        new Jobs(
            store.documents(),
            List.of(new BulkChanges(slice.bookmarks(), slice.tags())),
            InstantSource.system());
  }

  public static SearchedSlice open(Path home) {
    InstantSource clock = InstantSource.system();
    SqliteStore store =
        SqliteStore.open(
            home.resolve("data"),
            "test",
            Stream.concat(BookmarkKinds.ALL.stream(), Stream.of(Jobs.KIND)).toList(),
            clock);
    BookmarksSlice slice =
        new BookmarksSlice(
            TestSettings.usual(),
            store.documents(),
            store.journal(BookmarkKinds.AREA),
            new EventOrigin("test", "1.0.0", "test"),
            clock,
            sources -> new IndexedSearch(index(home), sources));
    IndexedSearch search = (IndexedSearch) slice.search();
    search.start();
    slice.start();
    SearchedSlice opened = new SearchedSlice(store, slice, search);
    Awaiting.until("the index is ready", opened::ready);
    opened.jobs.start();
    return opened;
  }

  /// Where the index is.
  static Path index(Path home) {
    return home.resolve("data/search");
  }

  boolean ready() {
    return search.status().state() == IndexStatus.State.READY;
  }

  public IndexedSearch search() {
    return search;
  }

  public Jobs jobs() {
    return jobs;
  }

  public Bookmarks bookmarks() {
    return slice.bookmarks();
  }

  public Tags tags() {
    return slice.tags();
  }

  EventJournal journal() {
    return slice.journal();
  }

  public Bookmark add(String owner, String title, String... tags) {
    List<String> ids = tags().ensure(owner, List.of(tags)).stream().map(Tag::id).toList();
    return bookmarks()
        .create(
            owner,
            BookmarkDraft.of("https://example.org/" + title.replace(' ', '-'))
                .title(title)
                .tags(ids));
  }

  /// Titles of what an owner finds, the newest first.
  public List<String> titles(String owner, String query) {
    Answer answer =
        search.search(
            Ask.page(
                new SearchScope.Own(owner, States.BOTH),
                IndexedSearch.parse(query),
                Order.NEWEST,
                0,
                1_000));
    return answer.hits().stream()
        .map(hit -> bookmarks().get(hit.owner(), hit.id()).title())
        .toList();
  }

  @Override
  public void close() {
    jobs.close();
    slice.close();
    search.close();
    store.close();
  }
}

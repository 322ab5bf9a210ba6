package dev.quarterdeck.bookmarks;

import dev.quarterdeck.events.EventFactory;
import dev.quarterdeck.events.EventOrigin;
import dev.quarterdeck.runtime.Ids;
import dev.quarterdeck.store.Documents;
import dev.quarterdeck.store.EventJournal;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The parts of this slice, wired. It is started once and closed before the store.
public final class BookmarksSlice implements AutoCloseable {
  private final BookmarkSettings settings;
  private final BookmarkCache cache;
  private final Bookmarks bookmarks;
  private final BookmarkLists lists;
  private final Tags tags;
  private final BookmarkCollections collections;
  private final BookmarkSearch search;
  private final ChangeFeed changes;
  private final Duplicates duplicates;
  private final FeedTokens feedTokens;
  private final EventJournal journal;
  private final InstantSource clock;
  private final TagSweeper sweeper = new TagSweeper();
  private volatile PageRequests pages = PageRequests.NONE;

  /// @param settings the one loaded configuration
  /// @param documents opened with [BookmarkKinds#ALL]
  /// @param journal of the area [BookmarkKinds#AREA]
  /// @param search makes the search over what this slice stores
  public BookmarksSlice(
      BookmarkSettings settings,
      Documents documents,
      EventJournal journal,
      EventOrigin origin,
      InstantSource clock,
      Function<Sources, BookmarkSearch> search) {
    BookmarkEvents events = new BookmarkEvents(new EventFactory(new Ids(clock), clock, origin));
    this.settings = settings;
    this.cache = new BookmarkCache(settings.cache(), clock);
    BookmarkStore store = new BookmarkStore(documents, events, cache);
    this.journal = journal;
    this.clock = clock;
    this.bookmarks = new Bookmarks(store, new Numbers(documents, "bookmark"), clock);
    this.lists = new BookmarkLists(store);
    this.tags = new Tags(documents, new Numbers(documents, "tag"), events, clock, sweeper::sweep);
    this.changes = new ChangeFeed(journal);
    this.duplicates = new Duplicates(store);
    this.feedTokens = new FeedTokens(documents);
    this.search = search.apply(new Sources(bookmarks, lists, tags, journal));
    this.collections = new BookmarkCollections(documents, events, this.search, clock);
  }

  /// Starts what works in the background.
  public void start() {
    sweeper.start(tags, lists, bookmarks);
  }

  @Override
  public void close() {
    sweeper.close();
  }

  public BookmarkSettings settings() {
    return settings;
  }

  /// What the cache has done, and its limits.
  public CacheStatistics cacheStatistics() {
    return cache.statistics();
  }

  public Bookmarks bookmarks() {
    return bookmarks;
  }

  /// Deletes everything in the trash of an owner for ever.
  ///
  /// @param step called between the pieces of the work; it may throw to end it
  /// @return how many bookmarks were deleted
  public long emptyTrash(String owner, Runnable step) {
    long deleted = 0;
    while (true) {
      List<Bookmark> trashed =
          lists
              .of(owner, Status.TRASHED, BookmarkLists.Sort.ADDED_ASCENDING, Optional.empty(), 500)
              .bookmarks();
      if (trashed.isEmpty()) {
        return deleted;
      }
      deleted += bookmarks.deleteTrashed(owner, trashed);
      step.run();
    }
  }

  /// How many active and archived bookmarks have each tag of an owner, by the tag's id.
  public Map<String, Long> usage(String owner) {
    TagBook book = tags.of(owner);
    Map<String, Long> usage = new HashMap<>();
    search
        .tagCounts(owner)
        .forEach(
            (id, count) ->
                book.resolve(id).ifPresent(tag -> usage.merge(tag.id(), count, Long::sum)));
    return usage;
  }

  /// Where the page of a new bookmark is asked for.
  public PageRequests pages() {
    return pages;
  }

  /// From now on pages are asked for here.
  public void readPages(PageRequests requests) {
    pages = requests;
  }

  public BookmarkLists lists() {
    return lists;
  }

  public Tags tags() {
    return tags;
  }

  public BookmarkCollections collections() {
    return collections;
  }

  public BookmarkSearch search() {
    return search;
  }

  public ChangeFeed changes() {
    return changes;
  }

  public Duplicates duplicates() {
    return duplicates;
  }

  public FeedTokens feedTokens() {
    return feedTokens;
  }

  /// The journal with the changes of bookmarks, tags and collections.
  public EventJournal journal() {
    return journal;
  }

  public InstantSource clock() {
    return clock;
  }

  /// What a search is made from.
  ///
  /// @param journal of the area [BookmarkKinds#AREA]; read it with [BookmarkChange#of]
  public record Sources(
      Bookmarks bookmarks, BookmarkLists lists, Tags tags, EventJournal journal) {}
}

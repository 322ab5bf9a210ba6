package dev.quarterdeck.bookmarks.search;

import dev.quarterdeck.bookmarks.search.Indexed.TagName;
import dev.quarterdeck.store.EventJournal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.Query;
import org.apache.lucene.store.AlreadyClosedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds bookmarks. A search sees every write that was durable before it began: it waits until the
/// index has taken in the events so far, for two seconds at most, and says by how many events it
/// was behind then.
///
/// Safe for all threads, virtual ones included. Whoever starts it closes it, before the store.
final class SearchIndex implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SearchIndex.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final SearchSource source;
  private final EventJournal journal;
  private final IndexKeeper keeper;

  /// @param directory for the index alone; deleting it while no server runs costs a building only
  /// @param journal of the bookmarks' area
  SearchIndex(Path directory, SearchSource source, EventJournal journal) {
    this.source = source;
    this.journal = journal;
    this.keeper = new IndexKeeper(directory, source, journal);
  }

  /// Opens the index in the background, or builds it.
  void start() {
    keeper.start();
  }

  /// Searches.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException 400 when `after` is no place of this order,
  ///   503 while there is no index
  Answer search(Ask ask) throws InterruptedException {
    @Nullable FieldDoc after = ask.after().map(text -> Place.of(order(ask), text)).orElse(null);
    long behind = awaitWrites();
    Query query =
        new IndexQueries(new OwnerTags(tags(ask)), ask.wordsNameTags())
            .of(ask.scope(), ask.query());
    return guarded(
        () ->
            keeper
                .progress()
                .search(searcher -> answer(ask, after, behind, new IndexSearch(searcher, query))));
  }

  private static Answer answer(Ask ask, @Nullable FieldDoc after, long behind, IndexSearch search)
      throws IOException {
    IndexSearch.Hits page =
        ask.limit() == 0
            ? new IndexSearch.Hits(List.of(), Optional.empty(), false)
            : search.page(order(ask), after, ask.skip(), ask.limit());
    IndexSearch.Total total = ask.counted() ? search.total() : new IndexSearch.Total(0, true);
    return new Answer(
        page.hits(),
        page.next().map(doc -> Place.text(order(ask), doc)),
        total.value(),
        total.exact(),
        ask.facets() ? Optional.of(search.facets()) : Optional.empty(),
        !page.cut(),
        behind);
  }

  /// Where every bookmark matches alike, the newest are the most relevant.
  private static Order order(Ask ask) {
    boolean alike = ask.order() == Order.RELEVANCE && ask.query() instanceof Node.All;
    return alike ? Order.NEWEST : ask.order();
  }

  /// How many bookmarks of an owner have each tag, by id; a tag that none has is absent.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException 503 while there is no index
  Map<String, Long> tagCounts(String owner) throws InterruptedException {
    awaitWrites();
    return guarded(
        () -> keeper.progress().search(searcher -> TagCounts.of(searcher.getIndexReader(), owner)));
  }

  /// Has the index built anew from the store; the old one answers until then.
  void rebuild() {
    keeper.rebuild("an administrator asked for it");
  }

  /// How the index does.
  IndexStatus status() {
    return keeper.status();
  }

  /// Makes durable what it has taken in, and ends; the next start goes on from there.
  @Override
  public void close() {
    keeper.close();
  }

  private long awaitWrites() throws InterruptedException {
    long last = journal.last();
    return keeper.progress().awaitShown(last, PATIENCE) ? 0 : Math.max(1, status().behind());
  }

  private Map<String, List<TagName>> tags(Ask ask) {
    if (!Nodes.needsTags(ask.query(), ask.wordsNameTags())) {
      return Map.of();
    }
    return owners(ask.scope()).stream().collect(Collectors.toMap(owner -> owner, source::tags));
  }

  private Collection<String> owners(SearchScope scope) {
    return switch (scope) {
      case SearchScope.Own own -> List.of(own.owner());
      case SearchScope.Shared shared ->
          shared
              .owner()
              .<Collection<String>>map(List::of)
              .orElseGet(
                  () ->
                      guarded(
                          () ->
                              keeper
                                  .progress()
                                  .search(searcher -> Owners.of(searcher.getIndexReader()))));
    };
  }

  /// A damaged index is found out by reading it: it is built anew, and the caller tries again. One
  /// that was replaced meanwhile is no fault: the new one answers.
  private <T> T guarded(Reading<T> reading) {
    try {
      return reading.run();
    } catch (AlreadyClosedException replaced) {
      return fromTheNext(reading);
    } catch (IOException | UncheckedIOException damaged) {
      throw mended(damaged);
    }
  }

  private <T> T fromTheNext(Reading<T> reading) {
    try {
      return reading.run();
    } catch (AlreadyClosedException none) {
      throw SearchProblems.failed();
    } catch (IOException | UncheckedIOException damaged) {
      throw mended(damaged);
    }
  }

  private RuntimeException mended(Exception damaged) {
    LOG.error("the search index cannot be read and is built anew", damaged);
    keeper.rebuild("it could not be read: " + damaged);
    return SearchProblems.failed();
  }

  private interface Reading<T> {
    T run() throws IOException;
  }
}

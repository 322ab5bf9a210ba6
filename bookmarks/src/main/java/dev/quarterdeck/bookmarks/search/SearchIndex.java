package dev.quarterdeck.bookmarks.search;

import dev.quarterdeck.bookmarks.search.Indexed.TagName;
import dev.quarterdeck.store.EventJournal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
public final class SearchIndex implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SearchIndex.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final SearchSource source;
  private final EventJournal journal;
  private final IndexKeeper keeper;

  /// @param directory for the index alone; deleting it while no server runs costs a building only
  /// @param journal of the bookmarks' area
  public SearchIndex(Path directory, SearchSource source, EventJournal journal) {
    this.source = source;
    this.journal = journal;
    this.keeper = new IndexKeeper(directory, source, journal);
  }

  /// Opens the index in the background, or builds it.
  public void start() {
    keeper.start();
  }

  /// What to search for.
  ///
  /// @param wordsNameTags whether a word also matches a tag of that name
  /// @param after the end of the page before; empty for the first
  /// @param skip how many to leave out before the page
  /// @param limit of the page; 0 for numbers only
  /// @param counted whether the number of all matches is wanted
  /// @param facets whether the facets are wanted
  public record Ask(
      SearchScope scope,
      Node query,
      boolean wordsNameTags,
      Order order,
      Optional<String> after,
      int skip,
      int limit,
      boolean counted,
      boolean facets) {}

  /// What was found.
  ///
  /// @param ids of the bookmarks, in order; whoever shows them looks each up in the store
  /// @param next the end of this page, when there are more
  /// @param total how many match, 0 when it was not asked for
  /// @param exact false when there are `total` at least
  /// @param whole false when the search took too long and may have missed some
  /// @param behind how many events the index had not taken in; 0 nearly always
  public record Answer(
      List<String> ids,
      Optional<String> next,
      int total,
      boolean exact,
      Optional<Facets> facets,
      boolean whole,
      long behind) {
    public Answer {
      ids = List.copyOf(ids);
    }
  }

  /// Searches.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException 400 when `after` is no place of this order,
  ///   503 while there is no index
  public Answer search(Ask ask) throws InterruptedException {
    @Nullable FieldDoc after = ask.after().map(text -> Place.of(ask.order(), text)).orElse(null);
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
    IndexSearch.Ids page =
        ask.limit() == 0
            ? new IndexSearch.Ids(List.of(), Optional.empty(), false)
            : search.page(ask.order(), after, ask.skip(), ask.limit());
    IndexSearch.Total total = ask.counted() ? search.total() : new IndexSearch.Total(0, true);
    return new Answer(
        page.ids(),
        page.next().map(doc -> Place.text(ask.order(), doc)),
        total.value(),
        total.exact(),
        ask.facets() ? Optional.of(search.facets()) : Optional.empty(),
        !page.cut(),
        behind);
  }

  /// How many bookmarks of an owner have each tag, by id; a tag that none has is absent.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException 503 while there is no index
  public Map<String, Long> tagCounts(String owner) throws InterruptedException {
    awaitWrites();
    return guarded(
        () -> keeper.progress().search(searcher -> TagCounts.of(searcher.getIndexReader(), owner)));
  }

  /// Has the index built anew from the store; the old one answers until then.
  public void rebuild() {
    keeper.rebuild("an administrator asked for it");
  }

  /// How the index does.
  public IndexStatus status() {
    return keeper.status();
  }

  /// Takes in what there is, makes it durable, and ends.
  @Override
  public void close() {
    keeper.close();
  }

  private long awaitWrites() throws InterruptedException {
    long last = journal.last();
    return keeper.progress().awaitShown(last, PATIENCE) ? 0 : Math.max(1, status().behind());
  }

  private Map<String, List<TagName>> tags(Ask ask) {
    return Nodes.needsTags(ask.query(), ask.wordsNameTags())
        ? source.tags(
            switch (ask.scope()) {
              case SearchScope.Own own -> Optional.of(own.owner());
              case SearchScope.Shared shared -> shared.owner();
            })
        : Map.of();
  }

  /// A damaged index is found out by reading it: it is built anew, and the caller tries again.
  private <T> T guarded(Reading<T> reading) {
    try {
      return reading.run();
    } catch (AlreadyClosedException replaced) {
      throw SearchProblems.failed();
    } catch (IOException | UncheckedIOException damaged) {
      LOG.error("the search index cannot be read and is built anew", damaged);
      keeper.rebuild("it could not be read: " + damaged);
      throw SearchProblems.failed();
    }
  }

  private interface Reading<T> {
    T run() throws IOException;
  }
}

package dev.quarterdeck.bookmarks.search;

import dev.quarterdeck.bookmarks.Bookmark;
import dev.quarterdeck.bookmarks.BookmarkSearch;
import dev.quarterdeck.bookmarks.BookmarksSlice;
import dev.quarterdeck.bookmarks.Status;
import dev.quarterdeck.bookmarks.search.SearchScope.States;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The search over a slice's bookmarks. Safe for all threads. It is started once, and closed before
/// the store.
public final class IndexedSearch implements BookmarkSearch, AutoCloseable {
  private final SliceSource source;
  private final SearchIndex index;

  /// @param directory for the index alone; deleting it while no server runs costs a building only
  public IndexedSearch(Path directory, BookmarksSlice.Sources sources) {
    this.source = new SliceSource(sources);
    this.index = new SearchIndex(directory, source, sources.journal());
  }

  /// Opens the index in the background, or builds it from the store.
  public void start() {
    index.start();
  }

  /// Searches. When the index is behind the store, what the store says decides.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException 400 when `after` is no place of this order,
  ///   503 while there is no index
  public Answer search(Ask ask) {
    try {
      Answer answer = index.search(ask);
      return answer.behind() == 0 ? answer : verified(ask, answer);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw SearchProblems.failed();
    }
  }

  /// Whether a bookmark matches now, by itself.
  public boolean matches(Ask ask, Bookmark bookmark) {
    return !bookmark.trashed()
        && inScope(ask.scope(), bookmark)
        && new Evaluator(indexed(bookmark), ask.wordsNameTags()).matches(ask.query());
  }

  /// The bookmark as the search sees it, for [Highlights].
  public Indexed indexed(Bookmark bookmark) {
    return source.indexed(bookmark);
  }

  /// Reads a query of our own language.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException 400 when it cannot be read; the detail has
  ///   the column
  public static Node parse(String query) {
    try {
      return QueryParser.parse(query, Dialect.QUARTERDECK);
    } catch (InvalidQuery invalid) {
      throw SearchProblems.invalid(invalid);
    }
  }

  /// Reads a query of linkding's language; empty when it cannot be read, and so finds nothing.
  public static Optional<Node> parseLinkding(String query) {
    try {
      return Optional.of(QueryParser.parse(query, Dialect.LINKDING));
    } catch (InvalidQuery nothing) {
      return Optional.empty();
    }
  }

  @Override
  public Found find(Request request) {
    Ask ask =
        Ask.page(
            new SearchScope.Own(request.owner(), states(request.states())),
            parse(request.query()),
            order(request.order()),
            request.offset(),
            request.limit());
    Answer answer = search(ask);
    return new Found(answer.ids(), answer.total());
  }

  @Override
  public void check(String query) {
    var unused = parse(query);
  }

  @Override
  public Map<String, Long> tagCounts(String owner) {
    try {
      return index.tagCounts(owner);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw SearchProblems.failed();
    }
  }

  /// Has the index built anew from the store; the old one answers until then.
  public void rebuild() {
    index.rebuild();
  }

  /// How the index does.
  public IndexStatus status() {
    return index.status();
  }

  /// Makes durable what it has taken in, and ends; the next start goes on from there.
  @Override
  public void close() {
    index.close();
  }

  private Answer verified(Ask ask, Answer answer) {
    List<Answer.Hit> hits =
        answer.hits().stream()
            .filter(hit -> source.bookmark(hit).filter(now -> matches(ask, now)).isPresent())
            .toList();
    return new Answer(
        hits,
        answer.next(),
        answer.total(),
        false,
        answer.facets(),
        answer.whole(),
        answer.behind());
  }

  private static boolean inScope(SearchScope scope, Bookmark bookmark) {
    return switch (scope) {
      case SearchScope.Own own ->
          bookmark.owner().equals(own.owner())
              && switch (own.states()) {
                case ACTIVE -> bookmark.status() == Status.ACTIVE;
                case ARCHIVED -> bookmark.status() == Status.ARCHIVED;
                case BOTH -> true;
              };
      case SearchScope.Shared shared ->
          shared.owner().map(bookmark.owner()::equals).orElse(true)
              && switch (bookmark.visibility()) {
                case PRIVATE -> false;
                case TEAM -> true;
              };
    };
  }

  private static States states(Set<Status> states) {
    if (states.isEmpty() || states.contains(Status.TRASHED)) {
      throw new IllegalArgumentException(
          "states: %s (expected: active, archived or both)".formatted(states));
    }
    if (states.size() == 2) {
      return States.BOTH;
    }
    return states.contains(Status.ACTIVE) ? States.ACTIVE : States.ARCHIVED;
  }

  private static dev.quarterdeck.bookmarks.search.Order order(BookmarkSearch.Order order) {
    return switch (order) {
      case RELEVANCE -> dev.quarterdeck.bookmarks.search.Order.RELEVANCE;
      case ADDED_ASCENDING -> dev.quarterdeck.bookmarks.search.Order.OLDEST;
      case ADDED_DESCENDING -> dev.quarterdeck.bookmarks.search.Order.NEWEST;
      case MODIFIED_ASCENDING -> dev.quarterdeck.bookmarks.search.Order.FIRST_MODIFIED;
      case MODIFIED_DESCENDING -> dev.quarterdeck.bookmarks.search.Order.LAST_MODIFIED;
      case TITLE_ASCENDING -> dev.quarterdeck.bookmarks.search.Order.TITLE;
      case TITLE_DESCENDING -> dev.quarterdeck.bookmarks.search.Order.TITLE_REVERSED;
    };
  }
}

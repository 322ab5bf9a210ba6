package dev.quarterdeck.bookmarks.http;

import dev.quarterdeck.bookmarks.Bookmark;
import dev.quarterdeck.bookmarks.BookmarkChange;
import dev.quarterdeck.bookmarks.BookmarkLists;
import dev.quarterdeck.bookmarks.BookmarkSearch;
import dev.quarterdeck.bookmarks.BookmarksSlice;
import dev.quarterdeck.bookmarks.ChangeFeed;
import dev.quarterdeck.bookmarks.Duplicates;
import dev.quarterdeck.bookmarks.Status;
import dev.quarterdeck.http.Request;
import dev.quarterdeck.http.Response;
import dev.quarterdeck.http.Route;
import dev.quarterdeck.http.Route.Method;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Lists of our own API: by status, by query, of the team, changes, duplicates.
final class V1ListRoutes {
  private static final Map<String, BookmarkLists.Sort> SORTS =
      Map.of(
          "added_desc", BookmarkLists.Sort.ADDED_DESCENDING,
          "added_asc", BookmarkLists.Sort.ADDED_ASCENDING,
          "modified_desc", BookmarkLists.Sort.MODIFIED_DESCENDING,
          "modified_asc", BookmarkLists.Sort.MODIFIED_ASCENDING);
  private static final Map<String, BookmarkSearch.Order> ORDERS =
      Map.of(
          "relevance", BookmarkSearch.Order.RELEVANCE,
          "added_desc", BookmarkSearch.Order.ADDED_DESCENDING,
          "added_asc", BookmarkSearch.Order.ADDED_ASCENDING,
          "modified_desc", BookmarkSearch.Order.MODIFIED_DESCENDING,
          "modified_asc", BookmarkSearch.Order.MODIFIED_ASCENDING,
          "title_asc", BookmarkSearch.Order.TITLE_ASCENDING,
          "title_desc", BookmarkSearch.Order.TITLE_DESCENDING);
  private static final int DEEPEST = 10_000;

  private final BookmarksSlice slice;
  private final V1Views views;

  V1ListRoutes(BookmarksSlice slice) {
    this.slice = slice;
    this.views = new V1Views(slice.tags(), slice.clock());
  }

  List<Route> routes() {
    return List.of(
        V1.row(Method.GET, "", "Lists bookmarks by status, or those that match q.", this::list)
            .schemas("", "BookmarkPage"),
        V1.row(Method.GET, "/shared", "Lists what users share with the team.", this::shared)
            .schemas("", "BookmarkPage"),
        V1.row(Method.GET, "/changes", "What changed since a place, deletions too.", this::changes)
            .schemas("", "BookmarkChanges"),
        V1.row(Method.GET, "/duplicates", "Groups of bookmarks with alike URLs.", this::duplicates)
            .schemas("", "BookmarkDuplicates"));
  }

  private Response list(Request request) {
    String owner = Callers.reader(request);
    int limit = V1.limit(request, slice.settings());
    String label = request.query("status").orElse("active");
    Optional<Status> status = Status.of(label);
    if (status.isEmpty()) {
      throw V1.invalid(
          "query", "status", "Input should be one of 'active', 'archived', 'trashed'", "enum");
    }
    Optional<String> query = request.query("q").filter(text -> !text.isBlank());
    return query.isPresent()
        ? found(request, owner, query.get(), status.get(), limit)
        : listed(request, owner, status.get(), limit);
  }

  private Response listed(Request request, String owner, Status status, int limit) {
    BookmarkLists.Sort sort = choice(request, SORTS, "added_desc");
    BookmarkLists.Page page = slice.lists().of(owner, status, sort, request.query("cursor"), limit);
    return page(views.own(page.bookmarks()), slice.lists().total(owner, status), page.next());
  }

  /// The cursor of a search is how many matches were shown: matches move when bookmarks change.
  private Response found(Request request, String owner, String query, Status status, int limit) {
    if (status == Status.TRASHED) {
      throw V1.invalid("query", "q", "the trash cannot be searched", "trash_not_searched");
    }
    BookmarkSearch.Order order = choice(request, ORDERS, "relevance");
    int offset = request.queryInt("cursor", 0, 0, DEEPEST);
    BookmarkSearch.Found found =
        slice
            .search()
            .find(new BookmarkSearch.Request(owner, query, Set.of(status), order, offset, limit));
    List<Bookmark> bookmarks =
        slice.bookmarks().findAll(owner, found.ids()).stream()
            .filter(bookmark -> bookmark.status() == status)
            .toList();
    int next = offset + limit;
    boolean more = next < found.total() && next <= DEEPEST;
    return page(
        views.own(bookmarks),
        found.total(),
        more ? Optional.of(Integer.toString(next)) : Optional.empty());
  }

  private Response shared(Request request) {
    var unused = Callers.reader(request);
    BookmarkLists.Page page =
        slice.lists().shared(request.query("cursor"), V1.limit(request, slice.settings()));
    return page(page.bookmarks().stream().map(views::shared).toList(), null, page.next());
  }

  private static Response page(
      List<V1Views.BookmarkView> bookmarks, @Nullable Long total, Optional<String> next) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("bookmarks", bookmarks);
    body.put("total", total);
    body.put("next_cursor", next.orElse(null));
    return Response.json(body);
  }

  private Response changes(Request request) {
    String owner = Callers.reader(request);
    int limit = V1.limit(request, slice.settings());
    Optional<String> since = request.query("since");
    ChangeFeed.Changes changes =
        since.isEmpty()
            ? new ChangeFeed.Changes(List.of(), slice.changes().now(), false)
            : slice.changes().since(owner, place(since.get()), limit);
    return Response.json(
        Map.of(
            "changes", changes.changes().stream().map(one -> change(owner, one)).toList(),
            "next_since", Long.toString(changes.next()),
            "more", changes.more()));
  }

  private static long place(String text) {
    if (!text.matches("\\d{1,18}")) {
      throw V1.invalid(
          "query", "since", "Input should be next_since of an earlier answer", "since_invalid");
    }
    return Long.parseLong(text);
  }

  /// A change with the bookmark as it is now; a tombstone when it is gone for ever.
  private Map<String, @Nullable Object> change(String owner, BookmarkChange change) {
    Optional<Bookmark> now = slice.bookmarks().find(owner, change.id());
    Map<String, @Nullable Object> body = new HashMap<>();
    body.put("id", change.id());
    body.put("type", change.type().name().toLowerCase(Locale.ROOT));
    body.put("version", now.map(Bookmark::version).orElse(change.version()));
    body.put("time", change.time());
    body.put("deleted", now.isEmpty());
    body.put("bookmark", now.map(views::own).orElse(null));
    return body;
  }

  private Response duplicates(Request request) {
    String owner = Callers.reader(request);
    Duplicates.Report report =
        slice
            .duplicates()
            .of(
                owner,
                request.query("cursor"),
                V1.limit(request, slice.settings()),
                request::checkpoint);
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put(
        "groups",
        report.groups().stream()
            .map(group -> Map.of("url", group.getFirst().url(), "bookmarks", views.own(group)))
            .toList());
    body.put("scanned", report.scanned());
    body.put("next_cursor", report.next().orElse(null));
    return Response.json(body);
  }

  private static <T> T choice(Request request, Map<String, T> choices, String fallback) {
    T chosen = choices.get(request.query("sort").orElse(fallback));
    if (chosen == null) {
      throw V1.invalid(
          "query",
          "sort",
          "Input should be one of "
              + String.join(", ", choices.keySet().stream().sorted().toList()),
          "enum");
    }
    return chosen;
  }
}

package dev.quarterdeck.bookmarks.search.http;

import dev.quarterdeck.bookmarks.BookmarksSlice;
import dev.quarterdeck.bookmarks.TagBook;
import dev.quarterdeck.bookmarks.bulk.BulkPlans;
import dev.quarterdeck.bookmarks.jobs.Jobs;
import dev.quarterdeck.bookmarks.search.Answer;
import dev.quarterdeck.bookmarks.search.Ask;
import dev.quarterdeck.bookmarks.search.Highlights;
import dev.quarterdeck.bookmarks.search.IndexStatus;
import dev.quarterdeck.bookmarks.search.IndexedSearch;
import dev.quarterdeck.bookmarks.search.Node;
import dev.quarterdeck.bookmarks.search.Order;
import dev.quarterdeck.bookmarks.search.SearchScope;
import dev.quarterdeck.bookmarks.search.SearchScope.States;
import dev.quarterdeck.http.OpenApi;
import dev.quarterdeck.http.Request;
import dev.quarterdeck.http.Response;
import dev.quarterdeck.http.Route;
import dev.quarterdeck.http.Route.Access;
import dev.quarterdeck.http.Route.Method;
import dev.quarterdeck.runtime.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// Search and the state of its index.
public final class SearchRoutes {
  private static final String BASE = "/api/v1/bookmarks/search";
  private static final int LIMIT = 50;
  private static final int LIMIT_MAX = 500;
  private static final Map<String, Order> ORDERS = orders();
  private static final Map<String, States> STATES =
      Map.of("active", States.ACTIVE, "archived", States.ARCHIVED, "all", States.BOTH);

  private final BookmarksSlice slice;
  private final IndexedSearch search;

  /// @param search of the slice
  public SearchRoutes(BookmarksSlice slice, IndexedSearch search) {
    this.slice = slice;
    this.search = search;
  }

  /// The rows of search and of changes of many bookmarks.
  ///
  /// @param jobs with the work of the bulk changes
  public static List<Route> of(BookmarksSlice slice, IndexedSearch search, Jobs jobs) {
    List<Route> routes = new ArrayList<>(new SearchRoutes(slice, search).routes());
    routes.addAll(new BulkRoutes(new BulkPlans(slice.bookmarks(), search, jobs), jobs).routes());
    return routes;
  }

  /// The schemas that the rows name.
  public static Map<String, JsonNode> schemas() {
    return OpenApi.schemas(SearchRoutes.class, "schemas.json");
  }

  List<Route> routes() {
    return List.of(
        Route.of(
                Method.GET,
                BASE,
                "Finds the caller's bookmarks by a query. Query: q, order (newest, oldest,"
                    + " relevance, modified, title), status (all, active, archived), limit, cursor,"
                    + " facets.",
                this::find)
            .access(Access.LOCAL_USER)
            .schemas("", "BookmarkSearchPage"),
        Route.of(Method.GET, BASE + "/index", "How the search index does.", this::status)
            .access(Access.LOCAL_USER)
            .schemas("", "BookmarkSearchIndex"),
        Route.of(
                Method.POST,
                BASE + "/index/rebuild",
                "Builds the search index anew from the store; the old one answers meanwhile.",
                this::rebuild)
            .access(Access.ADMIN)
            .schemas("", "BookmarkSearchIndex")
            .successStatus(202));
  }

  /// Answers a search: for this route, and for the list of bookmarks when it is asked with `q`.
  public Response find(Request request) {
    String owner = Callers.reader(request);
    Node query = IndexedSearch.parse(request.query("q").orElse(""));
    Ask ask =
        new Ask(
            new SearchScope.Own(owner, choice(request, "status", STATES, "all")),
            query,
            true,
            choice(request, "order", ORDERS, "newest"),
            request.query("cursor"),
            0,
            request.queryInt("limit", LIMIT, 1, LIMIT_MAX),
            true,
            flag(request, "facets"));
    Answer answer = search.search(ask);
    TagBook tags = slice.tags().of(owner);
    List<Found.Hit> hits =
        slice.bookmarks().findAll(owner, answer.ids()).stream()
            .filter(bookmark -> search.matches(ask, bookmark))
            .map(
                bookmark ->
                    Found.hit(bookmark, tags, Highlights.of(query, search.indexed(bookmark))))
            .toList();
    return Response.json(Found.page(hits, answer, tags));
  }

  private Response status(Request request) {
    String unused = Callers.reader(request);
    return Response.json(view(search.status()));
  }

  private Response rebuild(Request request) {
    search.rebuild();
    return Response.json(202, view(search.status()));
  }

  private static Map<String, Object> view(IndexStatus status) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("state", status.state().name().toLowerCase(Locale.ROOT));
    view.put("bookmarks", status.bookmarks());
    view.put("position", status.position());
    view.put("behind", status.behind());
    view.put("built", status.built());
    view.put("reason", status.reason().orElse(null));
    return view;
  }

  private static Map<String, Order> orders() {
    Map<String, Order> orders = new LinkedHashMap<>();
    orders.put("newest", Order.NEWEST);
    orders.put("oldest", Order.OLDEST);
    orders.put("relevance", Order.RELEVANCE);
    orders.put("modified", Order.LAST_MODIFIED);
    orders.put("title", Order.TITLE);
    return orders;
  }

  private static boolean flag(Request request, String name) {
    return choice(request, name, Map.of("true", true, "false", false), "false");
  }

  private static <T> T choice(
      Request request, String name, Map<String, T> choices, String fallback) {
    String text = request.query(name).orElse(fallback);
    return Optional.ofNullable(choices.get(text))
        .orElseThrow(
            () -> {
              String message =
                  "%s: %s (expected: one of %s)"
                      .formatted(name, text, String.join(", ", new TreeSet<>(choices.keySet())));
              return new Problem.Invalid(
                      "query_invalid",
                      message,
                      List.of(new Problem.Violation(List.of("query", name), message, "enum")))
                  .raise();
            });
  }
}

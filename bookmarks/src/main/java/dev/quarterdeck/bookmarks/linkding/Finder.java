package dev.quarterdeck.bookmarks.linkding;

import dev.quarterdeck.bookmarks.Bookmark;
import dev.quarterdeck.bookmarks.BookmarkLists;
import dev.quarterdeck.bookmarks.BookmarksSlice;
import dev.quarterdeck.bookmarks.Status;
import dev.quarterdeck.bookmarks.search.Answer;
import dev.quarterdeck.bookmarks.search.Ask;
import dev.quarterdeck.bookmarks.search.IndexedSearch;
import dev.quarterdeck.bookmarks.search.Node;
import dev.quarterdeck.bookmarks.search.Order;
import dev.quarterdeck.bookmarks.search.SearchScope;
import dev.quarterdeck.http.Request;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Lists of bookmarks as linkding's parameters ask for them. A plain list comes from the store, all
/// else from the index. Safe for all threads.
final class Finder {
  private static final int AT_ONCE = 1_000;

  private final BookmarksSlice slice;
  private final IndexedSearch search;
  private final Bundles bundles;

  Finder(BookmarksSlice slice, IndexedSearch search, Bundles bundles) {
    this.slice = slice;
    this.search = search;
    this.bundles = bundles;
  }

  /// A page, and how many there are on all pages.
  record Found(List<Bookmark> bookmarks, long count) {
    Found {
      bookmarks = List.copyOf(bookmarks);
    }

    static final Found NOTHING = new Found(List.of(), 0);
  }

  /// The caller's own bookmarks.
  Found own(Request request, String owner, Status status, int limit, int offset) {
    Order order = order(request);
    Optional<List<Node>> wanted = wanted(request, owner);
    if (wanted.isEmpty()) {
      return Found.NOTHING;
    }
    Optional<BookmarkLists.Sort> sort = sort(order);
    if (wanted.get().isEmpty() && sort.isPresent() && since(request).isEmpty()) {
      return plain(request, owner, status, sort.get(), limit, offset);
    }
    SearchScope scope =
        new SearchScope.Own(
            owner,
            status == Status.ACTIVE ? SearchScope.States.ACTIVE : SearchScope.States.ARCHIVED);
    return indexed(request, scope, wanted.get(), order, limit, offset);
  }

  /// The caller's own unread bookmarks, the newest first.
  Found unread(Request request, String owner, int limit) {
    SearchScope scope = new SearchScope.Own(owner, SearchScope.States.ACTIVE);
    Optional<List<Node>> wanted = query(request.query("q").orElse(""));
    if (wanted.isEmpty()) {
      return Found.NOTHING;
    }
    List<Node> nodes = new ArrayList<>(wanted.get());
    nodes.add(new Node.Is(0, Node.Property.UNREAD));
    return indexed(request, scope, nodes, Order.NEWEST, limit, 0);
  }

  /// What users share.
  ///
  /// @param owner of one user only
  Found shared(Request request, Optional<String> owner, int limit, int offset) {
    Optional<List<Node>> wanted = query(request.query("q").orElse(""));
    if (wanted.isEmpty()) {
      return Found.NOTHING;
    }
    return indexed(
        request, new SearchScope.Shared(owner), wanted.get(), order(request), limit, offset);
  }

  private Found plain(
      Request request,
      String owner,
      Status status,
      BookmarkLists.Sort sort,
      int limit,
      int offset) {
    List<Bookmark> all = new ArrayList<>();
    while (all.size() < limit) {
      int size = Math.min(AT_ONCE, limit - all.size());
      List<Bookmark> part =
          slice
              .lists()
              .at(owner, status, sort, (long) offset + all.size(), size, request::checkpoint);
      all.addAll(part);
      if (part.size() < size) {
        break;
      }
    }
    return new Found(all, slice.lists().total(owner, status));
  }

  private Found indexed(
      Request request, SearchScope scope, List<Node> nodes, Order order, int limit, int offset) {
    List<Since> mixed = new ArrayList<>();
    List<Node> all = new ArrayList<>(nodes);
    for (Since each : since(request)) {
      // The index knows milliseconds; clients that ask for what is newer know microseconds.
      boolean some = someNewer(scope, each);
      all.add(each.node(some ? 0 : 1));
      if (some) {
        mixed.add(each);
      }
    }
    Node query =
        switch (all.size()) {
          case 0 -> new Node.All(0);
          case 1 -> all.getFirst();
          default -> new Node.And(0, all);
        };
    if (mixed.isEmpty()) {
      Answer answer = search.search(ask(scope, query, order, offset, limit));
      return new Found(bookmarks(answer), answer.total());
    }
    Answer answer = search.search(ask(scope, query, order, 0, Paging.MOST));
    List<Bookmark> found = bookmarks(answer);
    List<Bookmark> newer =
        found.stream()
            .filter(bookmark -> mixed.stream().allMatch(each -> each.before(bookmark)))
            .toList();
    int from = Math.min(offset, newer.size());
    int to = (int) Math.min(newer.size(), (long) from + limit);
    return new Found(newer.subList(from, to), answer.total() - (found.size() - newer.size()));
  }

  /// Whether some of the same millisecond are newer: then each has to be looked at.
  private boolean someNewer(SearchScope scope, Since since) {
    Ask sameMillisecond = ask(scope, since.sameMillisecond(), Order.NEWEST, 0, Paging.MOST);
    return bookmarks(search.search(sameMillisecond)).stream().anyMatch(since::before);
  }

  private static Ask ask(SearchScope scope, Node query, Order order, int skip, int limit) {
    return Ask.page(scope, query, order, skip, limit).wordsAreNoTags();
  }

  private List<Bookmark> bookmarks(Answer answer) {
    return answer.hits().stream()
        .flatMap(hit -> slice.bookmarks().find(hit.owner(), hit.id()).stream())
        .filter(bookmark -> !bookmark.trashed())
        .toList();
  }

  /// What the request asks for; empty when its query cannot be read, and so finds nothing.
  private Optional<List<Node>> wanted(Request request, String owner) {
    Optional<List<Node>> query = query(request.query("q").orElse(""));
    if (query.isEmpty()) {
      return query;
    }
    List<Node> nodes = new ArrayList<>(query.get());
    filter(request.query("unread").orElse("off"), Node.Property.UNREAD).ifPresent(nodes::add);
    filter(request.query("shared").orElse("off"), Node.Property.SHARED).ifPresent(nodes::add);
    Optional<Bundle> bundle =
        request
            .query("bundle")
            .filter(text -> text.matches("[0-9]{1,9}"))
            .flatMap(text -> bundles.find(owner, Integer.parseInt(text)));
    if (bundle.isEmpty()) {
      return Optional.of(nodes);
    }
    return query(bundle.get().search())
        .map(
            more -> {
              nodes.addAll(more);
              nodes.addAll(bundle.get().nodes());
              return nodes;
            });
  }

  private static Optional<List<Node>> query(String text) {
    return IndexedSearch.parseLinkding(text)
        .map(node -> node instanceof Node.All ? List.of() : List.of(node));
  }

  static Optional<Node> filter(String choice, Node.Property property) {
    return switch (choice) {
      case "yes" -> Optional.of(new Node.Is(0, property));
      case "no" -> Optional.of(new Node.Not(0, new Node.Is(0, property)));
      default -> Optional.empty();
    };
  }

  private static Order order(Request request) {
    return switch (request.query("sort").orElse("")) {
      case "added_asc" -> Order.OLDEST;
      case "modified_asc" -> Order.FIRST_MODIFIED;
      case "modified_desc" -> Order.LAST_MODIFIED;
      case "title_asc" -> Order.TITLE;
      case "title_desc" -> Order.TITLE_REVERSED;
      default -> Order.NEWEST;
    };
  }

  private static Optional<BookmarkLists.Sort> sort(Order order) {
    return switch (order) {
      case NEWEST -> Optional.of(BookmarkLists.Sort.ADDED_DESCENDING);
      case OLDEST -> Optional.of(BookmarkLists.Sort.ADDED_ASCENDING);
      case LAST_MODIFIED -> Optional.of(BookmarkLists.Sort.MODIFIED_DESCENDING);
      case FIRST_MODIFIED -> Optional.of(BookmarkLists.Sort.MODIFIED_ASCENDING);
      case TITLE, TITLE_REVERSED, RELEVANCE -> Optional.empty();
    };
  }

  /// A lower bound that is not included; a date that is none is no bound.
  private static List<Since> since(Request request) {
    List<Since> all = new ArrayList<>();
    add(all, request.query("modified_since").map(Fields::parse).orElse(null), true);
    add(all, request.query("added_since").map(Fields::parse).orElse(null), false);
    return all;
  }

  private static void add(List<Since> all, @Nullable Instant time, boolean modified) {
    if (time != null) {
      all.add(new Since(time, modified));
    }
  }

  private record Since(Instant time, boolean modified) {
    Node node(long laterMillis) {
      Instant from = time.truncatedTo(ChronoUnit.MILLIS).plusMillis(laterMillis);
      return modified ? new Node.Modified(0, from, null) : new Node.Added(0, from, null);
    }

    Node sameMillisecond() {
      Instant from = time.truncatedTo(ChronoUnit.MILLIS);
      Instant below = from.plusMillis(1);
      return modified ? new Node.Modified(0, from, below) : new Node.Added(0, from, below);
    }

    boolean before(Bookmark bookmark) {
      return (modified ? bookmark.modifiedAt() : bookmark.createdAt()).isAfter(time);
    }
  }
}

package dev.quarterdeck.bookmarks;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds bookmarks by what they say. An answer reflects every change that was durable before the
/// call. The trash is never searched, nor what belongs to others. Safe for all threads.
public interface BookmarkSearch {
  /// Ids of the bookmarks that match, in order.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException 400 when the query cannot be read, 503 while
  ///   the index is built
  Found find(Request request);

  /// Checks that a query can be read.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException 400 when it cannot
  void check(String query);

  /// How many active and archived bookmarks of an owner have each tag, by id as the bookmarks hold
  /// it; a tag that none has is absent.
  Map<String, Long> tagCounts(String owner);

  /// What to find.
  ///
  /// @param query in the search language; an empty one matches all
  /// @param states which bookmarks; never [Status#TRASHED]
  /// @param offset how many matches to pass over
  /// @param limit greatest number of ids, 0 to count only
  record Request(
      String owner, String query, Set<Status> states, Order order, int offset, int limit) {
    public Request {
      states = Set.copyOf(states);
    }
  }

  /// What was found.
  ///
  /// @param total how many match, on all pages
  record Found(List<String> ids, long total) {
    public Found {
      ids = List.copyOf(ids);
    }
  }

  /// The orders. Ties are broken by number.
  enum Order {
    RELEVANCE,
    ADDED_ASCENDING,
    ADDED_DESCENDING,
    MODIFIED_ASCENDING,
    MODIFIED_DESCENDING,
    TITLE_ASCENDING,
    TITLE_DESCENDING
  }
}

package dev.quarterdeck.bookmarks.search;

import java.util.List;
import java.util.Optional;

/// What was found.
///
/// @param hits in order; whoever shows them looks each up in the store
/// @param next the end of this page, when there are more
/// @param total how many match, 0 when it was not asked for
/// @param exact false when there are `total` at least
/// @param facets empty when they were not asked for
/// @param whole false when the search took too long and may have missed some
/// @param behind how many events the index had not taken in; 0 nearly always
public record Answer(
    List<Hit> hits,
    Optional<String> next,
    int total,
    boolean exact,
    Optional<Facets> facets,
    boolean whole,
    long behind) {
  public Answer {
    hits = List.copyOf(hits);
  }

  /// A bookmark that matches.
  public record Hit(String owner, String id) {}

  /// Ids of the hits, in order.
  public List<String> ids() {
    return hits.stream().map(Hit::id).toList();
  }
}

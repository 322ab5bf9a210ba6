package dev.quarterdeck.bookmarks.search;

import java.util.Optional;

/// What to search for.
///
/// @param wordsNameTags whether a word also matches a tag of that name
/// @param after `next` of the page before; empty for the first
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
    boolean facets) {
  /// A page of matches and their number.
  public static Ask page(SearchScope scope, Node query, Order order, int skip, int limit) {
    return new Ask(scope, query, true, order, Optional.empty(), skip, limit, true, false);
  }

  /// The same, where a word is no tag, as linkding has it unless a user wants otherwise.
  public Ask wordsAreNoTags() {
    return new Ask(scope, query, false, order, after, skip, limit, counted, facets);
  }
}

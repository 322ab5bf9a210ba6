package dev.quarterdeck.bookmarks.search;

import java.util.List;

/// What the matches have in common, counted over all of them. Lists are the most frequent first.
///
/// @param moreTags how many tags are not in the list
/// @param moreSites how many sites are not in the list
public record Facets(
    List<Count> tags,
    int moreTags,
    List<Count> sites,
    int moreSites,
    int unread,
    int archived,
    int shared,
    int untagged) {
  public Facets {
    tags = List.copyOf(tags);
    sites = List.copyOf(sites);
  }

  /// How many matches have a value: the id of a tag, or a host.
  public record Count(String value, int count) {}
}

package dev.quarterdeck.bookmarks.search;

import java.time.Instant;
import java.util.List;

/// What the search knows of a bookmark. A bookmark in the trash has none.
///
/// @param number breaks ties of times; the same for ever
/// @param shared whether others of the team see it
public record Indexed(
    String id,
    long number,
    String owner,
    String url,
    String title,
    String description,
    String notes,
    List<TagName> tags,
    boolean archived,
    boolean unread,
    boolean shared,
    boolean pinned,
    Instant added,
    Instant modified) {
  public Indexed {
    tags = List.copyOf(tags);
  }

  /// A tag.
  ///
  /// @param name as it is shown
  public record TagName(String id, String name) {}
}

package dev.quarterdeck.bookmarks.search;

import java.time.Instant;
import java.util.List;

/// What the search knows of a bookmark. A bookmark in the trash has none.
///
/// @param tags names, as they are shown
/// @param shared whether others of the team see it
public record Indexed(
    String id,
    String owner,
    String url,
    String title,
    String description,
    String notes,
    List<String> tags,
    boolean archived,
    boolean unread,
    boolean shared,
    boolean pinned,
    Instant added,
    Instant modified) {
  public Indexed {
    tags = List.copyOf(tags);
  }
}

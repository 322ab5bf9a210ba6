package dev.quarterdeck.bookmarks.app;

import dev.quarterdeck.bookmarks.BookmarkSearch;
import java.util.List;
import java.util.Map;

/// Finds nothing.
final class NoSearch implements BookmarkSearch {
  @Override
  public Found find(Request request) {
    return new Found(List.of(), 0);
  }

  @Override
  public void check(String query) {}

  @Override
  public Map<String, Long> tagCounts(String owner) {
    return Map.of();
  }
}

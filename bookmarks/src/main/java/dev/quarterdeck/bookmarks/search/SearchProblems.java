package dev.quarterdeck.bookmarks.search;

import dev.quarterdeck.runtime.Problem;
import java.time.Duration;

/// What a search can answer instead of bookmarks.
final class SearchProblems {
  private SearchProblems() {}

  static RuntimeException invalid(InvalidQuery invalid) {
    return new Problem.BadRequest("query_invalid", "q: " + invalid.getMessage()).raise();
  }

  static RuntimeException invalidPlace() {
    return new Problem.BadRequest(
            "cursor_invalid",
            "cursor: not one of this search (expected: next_cursor of the page before, with the"
                + " same q and order)")
        .raise();
  }

  static RuntimeException building(long done) {
    return new Problem.Unavailable(
            "search_building",
            "The search index is being built from the store: %d bookmarks are done; try again shortly. Lists work meanwhile."
                .formatted(done),
            Duration.ofSeconds(5))
        .raise();
  }

  static RuntimeException failed() {
    return new Problem.Unavailable(
            "search_unavailable",
            "The search index cannot be used now and is being mended; try again shortly. The"
                + " server's log says why.",
            Duration.ofSeconds(10))
        .raise();
  }
}

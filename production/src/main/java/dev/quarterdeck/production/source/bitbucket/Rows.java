package dev.quarterdeck.production.source.bitbucket;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/// The rows of a paged list, page by page as they are taken. A list that leads back to a page that
/// was read, or goes on and on without rows, is a fault.
final class Rows implements Iterator<JsonNode> {
  private static final int EMPTY_PAGES = 50;
  private final Pages pages;
  private final String host;
  private final Set<String> visited = new HashSet<>();
  private Optional<Ask> next;
  private Iterator<JsonNode> rows = List.<JsonNode>of().iterator();

  Rows(String host, Pages pages, Ask first) {
    this.host = host;
    this.pages = pages;
    this.next = Optional.of(first);
  }

  @Override
  public boolean hasNext() {
    int empty = 0;
    while (!rows.hasNext() && next.isPresent()) {
      Ask ask = next.get();
      if (!visited.add(ask.target())) {
        throw Answers.malformed(host, ask, "names a page as the next one that was read before");
      }
      Page page = pages.read(ask);
      rows = page.rows().iterator();
      next = page.next();
      if (!rows.hasNext()) {
        empty++;
        if (empty == EMPTY_PAGES) {
          throw Answers.malformed(host, ask, "is the %dth page without rows".formatted(empty));
        }
      }
    }
    return rows.hasNext();
  }

  @Override
  public JsonNode next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return rows.next();
  }

  /// All that are left.
  void each(Consumer<JsonNode> action) {
    forEachRemaining(action);
  }

  /// Reads one page.
  @FunctionalInterface
  interface Pages {
    Page read(Ask ask);
  }

  /// One page.
  ///
  /// @param next the question for the page after it
  record Page(List<JsonNode> rows, Optional<Ask> next) {
    static Page of(JsonNode values, Optional<Ask> next) {
      List<JsonNode> rows = new ArrayList<>(values.size());
      values.forEach(rows::add);
      return new Page(rows, next);
    }
  }
}

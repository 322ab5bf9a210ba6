package dev.quarterdeck.bookmarks;

import dev.quarterdeck.bookmarks.BookmarkLists.Sort;
import dev.quarterdeck.runtime.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A search that reads everything each time: all words must be there, `#tag` means a tag.
public final class WordSearch implements BookmarkSearch {
  private final BookmarkLists lists;
  private final Tags tags;

  public WordSearch(BookmarksSlice.Sources sources) {
    this.lists = sources.lists();
    this.tags = sources.tags();
  }

  @Override
  public Found find(Request request) {
    check(request.query());
    List<Bookmark> found = new ArrayList<>();
    for (Bookmark bookmark : all(request.owner(), request.states())) {
      if (matches(bookmark, request.query())) {
        found.add(bookmark);
      }
    }
    found.sort(Comparator.comparing(Bookmark::createdAt).reversed());
    List<String> ids =
        found.stream().skip(request.offset()).limit(request.limit()).map(Bookmark::id).toList();
    return new Found(ids, found.size());
  }

  @Override
  public void check(String query) {
    if (query.contains("(") && !query.contains(")")) {
      throw new Problem.BadRequest("query_invalid", "column 1: no closing parenthesis").raise();
    }
  }

  @Override
  public Map<String, Long> tagCounts(String owner) {
    Map<String, Long> counts = new HashMap<>();
    for (Bookmark bookmark : all(owner, Set.of(Status.ACTIVE, Status.ARCHIVED))) {
      bookmark.tags().forEach(tag -> counts.merge(tag, 1L, Long::sum));
    }
    return counts;
  }

  private boolean matches(Bookmark bookmark, String query) {
    String text =
        String.join(
                "\n", bookmark.title(), bookmark.description(), bookmark.notes(), bookmark.url())
            .toLowerCase(Locale.ROOT);
    for (String word : query.toLowerCase(Locale.ROOT).split("\\s+", -1)) {
      boolean there =
          word.startsWith("#")
              ? tags.of(bookmark.owner())
                  .named(word.substring(1))
                  .filter(tag -> bookmark.tags().contains(tag.id()))
                  .isPresent()
              : text.contains(word);
      if (!there) {
        return false;
      }
    }
    return true;
  }

  private List<Bookmark> all(String owner, Set<Status> states) {
    List<Bookmark> all = new ArrayList<>();
    for (Status status : states) {
      Optional<String> cursor = Optional.empty();
      do {
        BookmarkLists.Page page = lists.of(owner, status, Sort.ADDED_DESCENDING, cursor, 1_000);
        all.addAll(page.bookmarks());
        cursor = page.next();
      } while (cursor.isPresent());
    }
    return all;
  }
}

package dev.quarterdeck.bookmarks.search;

import dev.quarterdeck.bookmarks.search.Node.Scope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Where the words of a query stand in the fields of a bookmark.
public final class Highlights {
  private static final int MOST_PER_FIELD = 50;

  private Highlights() {}

  /// A range of a field, in UTF-16 units as JavaScript counts them.
  ///
  /// @param to the first character after it
  public record Range(int from, int to) {}

  /// The ranges by field (`title`, `url`, `description`, `notes`), in order and without overlaps;
  /// only fields that have some. What a `not` excludes is not looked for.
  public static Map<String, List<Range>> of(Node query, Indexed bookmark) {
    List<Node.Text> wanted = new ArrayList<>();
    collect(query, wanted);
    Map<String, List<Range>> found = new LinkedHashMap<>();
    put(found, "title", bookmark.title(), wanted, Scope.TITLE);
    put(found, "url", bookmark.url(), wanted, Scope.URL);
    put(found, "description", bookmark.description(), wanted, Scope.ANYWHERE);
    put(found, "notes", bookmark.notes(), wanted, Scope.ANYWHERE);
    return found;
  }

  private static void collect(Node node, List<Node.Text> into) {
    switch (node) {
      case Node.Text text -> into.add(text);
      case Node.And and -> and.parts().forEach(part -> collect(part, into));
      case Node.Or or -> or.parts().forEach(part -> collect(part, into));
      case Node.Not not -> {}
      case Node.All all -> {}
      case Node.Tag tag -> {}
      case Node.Is is -> {}
      case Node.Site site -> {}
      case Node.Added added -> {}
      case Node.Modified modified -> {}
    }
  }

  private static void put(
      Map<String, List<Range>> found,
      String field,
      String text,
      List<Node.Text> wanted,
      Scope scope) {
    List<Range> ranges = new ArrayList<>();
    Folded folded = Folded.of(text);
    for (Node.Text word : wanted) {
      if (word.scope() == Scope.ANYWHERE || word.scope() == scope) {
        add(ranges, folded, Folded.text(word.text()));
      }
    }
    if (!ranges.isEmpty()) {
      found.put(field, merged(ranges));
    }
  }

  private static void add(List<Range> ranges, Folded in, String needle) {
    if (needle.isEmpty()) {
      return;
    }
    int at = in.text().indexOf(needle);
    for (int i = 0; at >= 0 && i < MOST_PER_FIELD; i++) {
      int from = in.origins()[at];
      int last = in.origins()[at + needle.length() - 1];
      int end = at + needle.length();
      while (end < in.text().length() && in.origins()[end] == last) {
        end++;
      }
      ranges.add(new Range(from, in.origins()[end]));
      at = in.text().indexOf(needle, at + needle.length());
    }
  }

  private static List<Range> merged(List<Range> ranges) {
    ranges.sort(Comparator.comparingInt(Range::from).thenComparingInt(Range::to));
    List<Range> merged = new ArrayList<>();
    for (Range range : ranges) {
      if (!merged.isEmpty() && merged.getLast().to() >= range.from()) {
        Range before = merged.removeLast();
        merged.add(new Range(before.from(), Math.max(before.to(), range.to())));
      } else {
        merged.add(range);
      }
    }
    return List.copyOf(merged.subList(0, Math.min(merged.size(), MOST_PER_FIELD)));
  }
}

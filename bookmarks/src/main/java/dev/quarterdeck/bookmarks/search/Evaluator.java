package dev.quarterdeck.bookmarks.search;

import dev.quarterdeck.bookmarks.search.Node.Scope;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Says of one bookmark whether a query matches it, from the bookmark alone. It is the meaning of
/// the language; the index only finds faster.
public final class Evaluator {
  private final Indexed bookmark;
  private final boolean wordsNameTags;
  private final String title;
  private final String url;
  private final String description;
  private final String notes;
  private final List<String> tags;

  /// @param wordsNameTags whether a word also matches a tag of that name
  public Evaluator(Indexed bookmark, boolean wordsNameTags) {
    this.bookmark = bookmark;
    this.wordsNameTags = wordsNameTags;
    this.title = Folded.text(bookmark.title());
    this.url = Folded.text(bookmark.url());
    this.description = Folded.text(bookmark.description());
    this.notes = Folded.text(bookmark.notes());
    this.tags = bookmark.tags().stream().map(tag -> Folded.text(tag.name())).toList();
  }

  /// Whether the bookmark is among what the query asks for.
  public boolean matches(Node query) {
    return switch (query) {
      case Node.All all -> true;
      case Node.Text text -> contains(text.scope(), Folded.text(text.text()));
      case Node.Tag tag -> tagged(Folded.text(tag.name()));
      case Node.Is is -> is(is.property());
      case Node.Site site -> Sites.within(Sites.host(bookmark.url()), site.host());
      case Node.Added added -> between(bookmark.added(), added.from(), added.below());
      case Node.Modified modified ->
          between(bookmark.modified(), modified.from(), modified.below());
      case Node.And and -> and.parts().stream().allMatch(this::matches);
      case Node.Or or -> or.parts().stream().anyMatch(this::matches);
      case Node.Not not -> !matches(not.part());
    };
  }

  private static boolean between(Instant time, @Nullable Instant from, @Nullable Instant below) {
    return (from == null || !time.isBefore(from)) && (below == null || time.isBefore(below));
  }

  private boolean contains(Scope scope, String needle) {
    return switch (scope) {
      case TITLE -> title.contains(needle);
      case URL -> url.contains(needle);
      case ANYWHERE ->
          title.contains(needle)
              || description.contains(needle)
              || notes.contains(needle)
              || url.contains(needle)
              || (wordsNameTags && tags.contains(needle));
    };
  }

  private boolean tagged(String name) {
    return tags.stream()
        .anyMatch(
            tag ->
                tag.startsWith(name)
                    && (tag.length() == name.length() || tag.charAt(name.length()) == '/'));
  }

  private boolean is(Node.Property property) {
    return switch (property) {
      case UNREAD -> bookmark.unread();
      case READ -> !bookmark.unread();
      case ARCHIVED -> bookmark.archived();
      case ACTIVE -> !bookmark.archived();
      case SHARED -> bookmark.shared();
      case PINNED -> bookmark.pinned();
      case TAGGED -> !bookmark.tags().isEmpty();
      case UNTAGGED -> bookmark.tags().isEmpty();
    };
  }
}

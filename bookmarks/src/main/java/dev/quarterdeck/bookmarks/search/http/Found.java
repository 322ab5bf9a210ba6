package dev.quarterdeck.bookmarks.search.http;

import dev.quarterdeck.bookmarks.Bookmark;
import dev.quarterdeck.bookmarks.Tag;
import dev.quarterdeck.bookmarks.TagBook;
import dev.quarterdeck.bookmarks.search.Answer;
import dev.quarterdeck.bookmarks.search.Facets;
import dev.quarterdeck.bookmarks.search.Highlights;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How search shows what it found.
final class Found {
  private Found() {}

  /// A bookmark that matches.
  ///
  /// @param tags names
  /// @param highlights where the words stand, by field, in UTF-16 units
  record Hit(
      String id,
      int number,
      String url,
      String title,
      String description,
      String notes,
      List<String> tags,
      String status,
      boolean unread,
      boolean pinned,
      String visibility,
      Instant createdAt,
      Instant modifiedAt,
      Map<String, List<Highlights.Range>> highlights) {}

  /// A page.
  ///
  /// @param total how many match; at least so many when it is not exact
  /// @param complete false when the search took too long and may have missed some
  /// @param behind how many changes the index had not taken in
  record Page(
      List<Hit> bookmarks,
      @Nullable String nextCursor,
      int total,
      boolean totalExact,
      boolean complete,
      long behind,
      @Nullable FacetView facets) {}

  /// Numbers of all matches.
  record FacetView(
      List<TagCount> tags,
      int moreTags,
      List<SiteCount> sites,
      int moreSites,
      int unread,
      int archived,
      int shared,
      int untagged) {}

  record TagCount(String id, String name, int count) {}

  record SiteCount(String site, int count) {}

  static Hit hit(Bookmark bookmark, TagBook tags, Map<String, List<Highlights.Range>> highlights) {
    return new Hit(
        bookmark.id(),
        bookmark.number(),
        bookmark.url(),
        bookmark.title(),
        bookmark.description(),
        bookmark.notes(),
        tags.resolve(bookmark.tags()).stream().map(Tag::name).toList(),
        bookmark.status().label(),
        bookmark.unread(),
        bookmark.pinned(),
        bookmark.visibility().label(),
        bookmark.createdAt(),
        bookmark.modifiedAt(),
        highlights);
  }

  static Page page(List<Hit> hits, Answer answer, TagBook tags) {
    return new Page(
        hits,
        answer.next().orElse(null),
        answer.total(),
        answer.exact(),
        answer.whole(),
        answer.behind(),
        answer.facets().map(facets -> facets(facets, tags)).orElse(null));
  }

  private static FacetView facets(Facets facets, TagBook tags) {
    return new FacetView(
        facets.tags().stream()
            .flatMap(
                count ->
                    tags
                        .resolve(count.value())
                        .map(tag -> new TagCount(tag.id(), tag.name(), count.count()))
                        .stream())
            .toList(),
        facets.moreTags(),
        facets.sites().stream().map(count -> new SiteCount(count.value(), count.count())).toList(),
        facets.moreSites(),
        facets.unread(),
        facets.archived(),
        facets.shared(),
        facets.untagged());
  }
}

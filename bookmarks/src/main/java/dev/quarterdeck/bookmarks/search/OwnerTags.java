package dev.quarterdeck.bookmarks.search;

import dev.quarterdeck.bookmarks.search.Indexed.TagName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The tags that names in a query may mean, as terms of the index.
final class OwnerTags {
  private final List<Folding> tags = new ArrayList<>();

  /// @param byOwner the tags of everybody whose bookmarks are searched
  OwnerTags(Map<String, ? extends Iterable<TagName>> byOwner) {
    byOwner.forEach(
        (owner, its) ->
            its.forEach(
                tag ->
                    tags.add(new Folding(Fields.tag(owner, tag.id()), Folded.text(tag.name())))));
  }

  /// Terms of the tag and of those nested in it.
  List<String> nested(String foldedName) {
    String below = foldedName + "/";
    return tags.stream()
        .filter(tag -> tag.name.equals(foldedName) || tag.name.startsWith(below))
        .map(Folding::term)
        .toList();
  }

  /// Terms of the tags of this very name.
  List<String> named(String foldedName) {
    return tags.stream().filter(tag -> tag.name.equals(foldedName)).map(Folding::term).toList();
  }

  private record Folding(String term, String name) {}
}

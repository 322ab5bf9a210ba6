package dev.quarterdeck.bookmarks.search;

import dev.quarterdeck.bookmarks.search.Indexed.TagName;
import java.util.ArrayList;
import java.util.List;

/// The tags that names in a query may mean.
final class OwnerTags {
  private final List<TagName> folded = new ArrayList<>();

  OwnerTags(Iterable<TagName> tags) {
    for (TagName tag : tags) {
      folded.add(new TagName(tag.id(), Folded.text(tag.name())));
    }
  }

  /// Ids of the tag and of those nested in it.
  List<String> nested(String foldedName) {
    String below = foldedName + "/";
    return folded.stream()
        .filter(tag -> tag.name().equals(foldedName) || tag.name().startsWith(below))
        .map(TagName::id)
        .toList();
  }

  /// Ids of the tags of this very name.
  List<String> named(String foldedName) {
    return folded.stream().filter(tag -> tag.name().equals(foldedName)).map(TagName::id).toList();
  }
}

package dev.quarterdeck.bookmarks.exchange;

import dev.quarterdeck.bookmarks.BookmarkRules;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Names of tags made of what files hold: parts joined by `/`, none of them empty.
final class TagPaths {
  private TagPaths() {}

  /// A tag as we name it.
  static String name(String raw) {
    return List.of(FileText.line(raw).split("/", -1)).stream()
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("/"));
  }

  /// The tag of a folder: the names of the folders around it and its own. When that is too long,
  /// the outermost that fit.
  ///
  /// @param folders at least one
  static String folder(List<String> folders) {
    StringBuilder path = new StringBuilder();
    for (String folder : folders) {
      String part = name(folder).replace('/', '-');
      String longer = path.isEmpty() ? part : path + "/" + part;
      if (longer.codePointCount(0, longer.length()) > BookmarkRules.TAG_NAME_MAX) {
        break;
      }
      path = new StringBuilder(longer);
    }
    return path.isEmpty()
        ? FileText.cut(name(folders.getFirst()).replace('/', '-'), BookmarkRules.TAG_NAME_MAX)
            .strip()
        : path.toString();
  }

  static boolean reserved(String name) {
    return BookmarkRules.RESERVED_TAGS.contains(name.toLowerCase(Locale.ROOT));
  }
}

package dev.quarterdeck.bookmarks.linkding;

import dev.quarterdeck.bookmarks.Bookmark;
import dev.quarterdeck.bookmarks.BookmarkRules;
import dev.quarterdeck.bookmarks.Tag;
import dev.quarterdeck.bookmarks.TagBook;
import dev.quarterdeck.bookmarks.Tags;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Tags by names without blanks: linkding's clients write several names side by side. A tag whose
/// name has blanks is shown, and found, with `-` in their place.
final class TagWords {
  private final Tags tags;

  TagWords(Tags tags) {
    this.tags = tags;
  }

  static String word(String name) {
    return name.strip().replaceAll("\\s+", "-");
  }

  /// Names of a bookmark's tags in their order.
  List<String> of(Bookmark bookmark) {
    return tags.of(bookmark.owner()).resolve(bookmark.tags()).stream()
        .map(tag -> word(tag.name()))
        .distinct()
        .sorted(Comparator.comparing((String name) -> name.toLowerCase(Locale.ROOT)))
        .toList();
  }

  /// The tag that a name means.
  static Optional<Tag> find(TagBook book, String name) {
    String word = word(name);
    return book.named(name.strip())
        .or(() -> book.named(word))
        .or(
            () ->
                book.tags().stream()
                    .filter(tag -> word(tag.name()).equalsIgnoreCase(word))
                    .findFirst());
  }

  /// Ids of the tags with these names; those that do not exist are made.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException 400 when a name cannot be a tag's
  List<String> ids(String owner, List<String> names) {
    TagBook book = tags.of(owner);
    List<String> ids = new ArrayList<>();
    List<String> fresh = new ArrayList<>();
    for (String name : names) {
      if (!name.isBlank()) {
        Optional<Tag> known = find(book, name);
        known.ifPresentOrElse(tag -> ids.add(tag.id()), () -> fresh.add(word(name)));
      }
    }
    for (String name : fresh) {
      String wrong = problem(name);
      if (!wrong.isEmpty()) {
        throw LinkdingProblems.field("tag_names", wrong);
      }
    }
    if (ids.size() + fresh.size() > BookmarkRules.TAGS_MAX) {
      throw LinkdingProblems.field(
          "tag_names",
          "Ensure this field has no more than %d elements.".formatted(BookmarkRules.TAGS_MAX));
    }
    if (!fresh.isEmpty()) {
      tags.ensure(owner, fresh).forEach(tag -> ids.add(tag.id()));
    }
    return ids;
  }

  /// Why a word cannot be the name of a tag; empty when it can.
  static String problem(String word) {
    if (word.codePointCount(0, word.length()) > BookmarkRules.TAG_NAME_MAX) {
      return "Ensure this field has no more than %d characters."
          .formatted(BookmarkRules.TAG_NAME_MAX);
    }
    if (BookmarkRules.RESERVED_TAGS.contains(word.toLowerCase(Locale.ROOT))) {
      return "\"%s\" is reserved and cannot be the name of a tag.".formatted(word);
    }
    if (word.codePoints().anyMatch(c -> c < 0x20 || c == 0x7f || (c >= 0xd800 && c <= 0xdfff))) {
      return "Control characters are not allowed.";
    }
    if (List.of(word.split("/", -1)).stream().anyMatch(String::isBlank)) {
      return "A name must not have an empty part before, between or after slashes.";
    }
    return "";
  }
}

package dev.quarterdeck.bookmarks.http;

import dev.quarterdeck.bookmarks.Tag;
import dev.quarterdeck.bookmarks.TagBook;
import dev.quarterdeck.bookmarks.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What the `tags` of a request mean.
final class SeedTags {
  static final int NAME_MAX = 50;
  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}");

  private SeedTags() {}

  /// Ids of tags: an entry is the id of a tag, or else a name; a tag of that name is made when
  /// there is none.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException 400 when an entry looks like an id and is
  ///   none, or is a bad name
  static List<String> ids(Tags tags, String owner, List<String> entries) {
    TagBook book = tags.of(owner);
    List<String> ids = new ArrayList<>();
    for (String entry : entries) {
      Optional<Tag> known = book.find(entry).or(() -> book.named(entry.strip()));
      if (known.isEmpty()) {
        if (ID.matcher(entry).matches()) {
          throw SeedInput.bad("tags_invalid", "Tag not found: " + entry);
        }
        checkName(entry);
      }
      ids.add(known.map(Tag::id).orElse(""));
    }
    for (int i = 0; i < entries.size(); i++) {
      if (ids.get(i).isEmpty()) {
        ids.set(i, tags.ensure(owner, List.of(entries.get(i))).getFirst().id());
      }
    }
    return ids;
  }

  static void checkName(String name) {
    if (name.isBlank()) {
      throw SeedInput.bad("name_invalid", "Tag name is required");
    }
    String text = name.strip();
    if (text.codePointCount(0, text.length()) > NAME_MAX) {
      throw SeedInput.bad("name_invalid", "Tag name must be 50 characters or fewer");
    }
  }
}

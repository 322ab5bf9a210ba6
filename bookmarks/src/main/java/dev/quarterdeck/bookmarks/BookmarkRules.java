package dev.quarterdeck.bookmarks;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Set;

/// What the fields of bookmarks, tags and collections may hold, whoever writes them. Lengths count
/// characters (code points).
public final class BookmarkRules {
  public static final int URL_MAX = 2_048;
  public static final int TITLE_MAX = 512;
  public static final int DESCRIPTION_MAX = 20_000;
  public static final int NOTES_MAX = 100_000;
  public static final int TAGS_MAX = 100;
  public static final int TAG_NAME_MAX = 64;
  public static final int TAG_DESCRIPTION_MAX = 2_048;
  public static final int COLLECTION_NAME_MAX = 256;
  public static final int COLLECTION_MAX = 10_000;
  public static final int RULE_MAX = 10_000;

  /// Names that mean something else in addresses and queries.
  public static final Set<String> RESERVED_TAGS = Set.of("all", "untagged", "archived", "trash");

  private BookmarkRules() {}

  /// Whether the text is a web address: http or https, a host, nothing that a browser would refuse.
  public static boolean isWebUrl(String url) {
    String text = url.strip();
    if (length(text) > URL_MAX || text.chars().anyMatch(c -> c <= 0x20 || c == 0x7f)) {
      return false;
    }
    UrlParts parts = UrlParts.of(text);
    if (parts == null || !(parts.scheme().equals("http") || parts.scheme().equals("https"))) {
      return false;
    }
    return isHost(parts.host())
        && (parts.port().isEmpty() || Integer.parseInt(parts.port().substring(1)) <= 65_535);
  }

  private static boolean isHost(String host) {
    if (host.startsWith("[")) {
      try {
        return new URI("http://" + host + "/").getHost() != null;
      } catch (URISyntaxException noAddress) {
        return false;
      }
    }
    return !host.isEmpty()
        && !host.startsWith(".")
        && !host.contains("..")
        && host.codePoints()
            .allMatch(
                c -> c > 0x7f || Character.isLetterOrDigit(c) || c == '-' || c == '.' || c == '_');
  }

  /// Whether everything in a text can be stored and shown: no NUL, no half of a surrogate pair.
  static boolean isText(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return false;
      }
      if (Character.isHighSurrogate(c)) {
        if (i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return false;
        }
        i++;
      } else if (Character.isLowSurrogate(c)) {
        return false;
      }
    }
    return true;
  }

  static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /// @throws dev.quarterdeck.runtime.ProblemException 400 for the first rule that it breaks
  static void check(Bookmark bookmark) {
    String url = bookmark.url();
    if (url.isBlank() || url.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
      throw BookmarkProblems.invalid("url", "Invalid URL format");
    }
    text("url", url, URL_MAX);
    text("title", bookmark.title(), TITLE_MAX);
    text("description", bookmark.description(), DESCRIPTION_MAX);
    text("notes", bookmark.notes(), NOTES_MAX);
    if (bookmark.tags().size() > TAGS_MAX) {
      throw BookmarkProblems.invalid("tags", "A bookmark has at most %d tags".formatted(TAGS_MAX));
    }
  }

  /// @throws dev.quarterdeck.runtime.ProblemException 400 for the first rule that it breaks
  static void check(Tag tag) {
    String name = tag.name();
    if (name.isBlank()) {
      throw BookmarkProblems.invalid("name", "Tag name is required");
    }
    if (length(name) > TAG_NAME_MAX) {
      throw BookmarkProblems.invalid(
          "name", "Tag name must be %d characters or fewer".formatted(TAG_NAME_MAX));
    }
    if (RESERVED_TAGS.contains(Tag.fold(name))) {
      throw BookmarkProblems.invalid("name", "Tag name is reserved: " + name);
    }
    if (!name.equals(name.strip()) || name.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
      throw BookmarkProblems.invalid(
          "name", "Tag name must not hold control characters or begin or end with a blank");
    }
    if (List.of(name.split("/", -1)).stream().anyMatch(String::isBlank)) {
      throw BookmarkProblems.invalid(
          "name", "Tag name must not have an empty part before, between or after slashes");
    }
    text("name", name, TAG_NAME_MAX);
    text("description", tag.description(), TAG_DESCRIPTION_MAX);
  }

  /// @throws dev.quarterdeck.runtime.ProblemException 400 for the first rule that it breaks
  static void check(BookmarkCollection collection) {
    if (collection.name().isBlank()) {
      throw BookmarkProblems.invalid("name", "Collection name is required");
    }
    text("name", collection.name(), COLLECTION_NAME_MAX);
    text("filter_rule", collection.filterRule(), RULE_MAX);
    if (collection.bookmarkIds().size() > COLLECTION_MAX) {
      throw BookmarkProblems.invalid(
          "bookmark_ids", "A collection holds at most %d bookmarks".formatted(COLLECTION_MAX));
    }
  }

  private static void text(String field, String text, int max) {
    if (length(text) > max) {
      String name = Character.toUpperCase(field.charAt(0)) + field.substring(1);
      throw BookmarkProblems.invalid(
          field, "%s must be %d characters or fewer".formatted(name.replace('_', ' '), max));
    }
    if (!isText(text)) {
      throw BookmarkProblems.invalid(
          field, "%s: holds a NUL or half of a surrogate pair (expected: text)".formatted(field));
    }
  }
}

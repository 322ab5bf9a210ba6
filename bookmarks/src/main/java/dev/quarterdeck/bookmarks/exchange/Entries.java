package dev.quarterdeck.bookmarks.exchange;

import dev.quarterdeck.bookmarks.BookmarkRules;
import dev.quarterdeck.bookmarks.exchange.ImportProblem.Code;
import dev.quarterdeck.bookmarks.exchange.SavedSearches.SavedSearch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// Checks what readers found, tells of every problem with its place, and passes on what is good.
/// Belongs to the thread that reads the file.
final class Entries {
  static final int TEXT_MAX = BookmarkRules.DESCRIPTION_MAX;
  private static final int URL_MAX = BookmarkRules.URL_MAX;
  private static final int TAG_MAX = BookmarkRules.TAG_NAME_MAX;
  static final int FOLDERS_MAX = 20;
  private static final int TAGS_MAX = BookmarkRules.TAGS_MAX;
  private static final int SEARCH_MAX = 256;
  private static final int SEARCH_TAGS_MAX = 1024;
  private static final Set<String> CHOICES = Set.of("off", "yes", "no");
  private static final int SHOWN = 80;
  private static final Pattern SCHEME =
      Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*", Pattern.DOTALL);
  private static final Pattern LINE_ENDS = Pattern.compile("[\\t\\n\\r]");
  static final String ARCHIVED = "linkding:bookmarks.archived";

  private final String part;
  private final boolean anyScheme;
  private final ImportSink sink;

  /// @param anyScheme whether other schemes than http and https are taken
  Entries(String part, boolean anyScheme, ImportSink sink) {
    this.part = part;
    this.anyScheme = anyScheme;
    this.sink = sink;
  }

  void problem(long line, Code code, String message) {
    sink.problem(new ImportProblem(new Place(part, line), code, message));
  }

  void invalidDate(long line, String raw) {
    problem(
        line,
        Code.INVALID_DATE,
        "date: %s (expected: seconds since 1970, or such as 2020-01-31T12:00:00Z); it is left out"
            .formatted(shown(raw)));
  }

  /// Passes on a tag, unless it has no usable name.
  void add(long line, String rawName, String color, String description) {
    String name = TagPaths.name(rawName);
    if (name.isEmpty()
        || name.codePointCount(0, name.length()) > TAG_MAX
        || TagPaths.reserved(name)) {
      problem(
          line,
          Code.TAG_DROPPED,
          "tag: %s (expected: 1 to %d characters, not reserved); the tag is left out"
              .formatted(shown(name), TAG_MAX));
      return;
    }
    String text =
        cut(line, "description", FileText.lines(description), BookmarkRules.TAG_DESCRIPTION_MAX);
    sink.tag(new ImportedTag(new Place(part, line), name, color, text));
  }

  /// Passes on a collection, unless it has no name.
  void add(long line, String rawName, String rule, boolean pinned, List<String> urls) {
    String name = FileText.line(rawName);
    if (name.isEmpty()) {
      problem(line, Code.BROKEN_ENTRY, "collection: no name (expected: one); it is skipped");
      return;
    }
    sink.collection(
        new ImportedCollection(
            new Place(part, line),
            cut(line, "name", name, BookmarkRules.COLLECTION_NAME_MAX),
            FileText.cut(FileText.line(rule), BookmarkRules.RULE_MAX),
            pinned,
            urls));
  }

  /// Passes on a saved search, unless it has no name.
  void addSearch(long line, Map<String, String> texts) {
    String name = FileText.exact(texts.getOrDefault("name", "")).strip();
    if (name.isEmpty()) {
      problem(line, Code.BROKEN_ENTRY, "bundle: no name (expected: one); it is skipped");
      return;
    }
    Function<String, String> filter =
        key -> CHOICES.contains(texts.getOrDefault(key, "")) ? texts.get(key) : "off";
    UnaryOperator<String> tags = key -> FileText.cut(texts.getOrDefault(key, ""), SEARCH_TAGS_MAX);
    Function<String, Instant> time =
        key -> FileDates.read(texts.getOrDefault(key, "")).orElse(Instant.EPOCH);
    sink.search(
        new ImportedSearch(
            new Place(part, line),
            new SavedSearch(
                cut(line, "name", name, SEARCH_MAX),
                cut(line, "search", FileText.exact(texts.getOrDefault("search", "")), SEARCH_MAX),
                tags.apply("any_tags"),
                tags.apply("all_tags"),
                tags.apply("excluded_tags"),
                filter.apply("filter_unread"),
                filter.apply("filter_shared"),
                time.apply("date_created"),
                time.apply("date_modified"))));
  }

  void notAnObject(long line) {
    problem(
        line, Code.BROKEN_ENTRY, "entry: not an object (expected: one with url); it is skipped");
  }

  /// Passes on an entry, or tells why not.
  void add(Draft draft) {
    String url = LINE_ENDS.matcher(draft.url.strip()).replaceAll("");
    if (!usable(draft.line, url)) {
      return;
    }
    String title = draft.exact ? FileText.exact(draft.title) : FileText.line(draft.title);
    if (!draft.exact && title.equals(url)) {
      title = "";
    }
    boolean archived = draft.archived || draft.tags.removeIf(ARCHIVED::equalsIgnoreCase);
    sink.bookmark(
        new ImportedBookmark(
            new Place(part, draft.line),
            url,
            cut(draft.line, "title", title, BookmarkRules.TITLE_MAX),
            cut(draft.line, "description", lines(draft.exact, draft.description), TEXT_MAX),
            cut(draft.line, "notes", lines(draft.exact, draft.notes), BookmarkRules.NOTES_MAX),
            tags(draft),
            folders(draft),
            draft.unread,
            archived,
            draft.trashed,
            draft.pinned,
            draft.shared,
            draft.added,
            draft.modified,
            draft.page));
  }

  private static String lines(boolean exact, String text) {
    return exact ? FileText.exact(text) : FileText.lines(text);
  }

  private boolean usable(long line, String url) {
    if (url.isEmpty()) {
      problem(line, Code.INVALID_URL, "url: none (expected: one); the entry is skipped");
      return false;
    }
    if (url.length() > URL_MAX) {
      problem(
          line,
          Code.INVALID_URL,
          "url: %d characters (expected: at most %d): %s; the entry is skipped"
              .formatted(url.length(), URL_MAX, shown(url)));
      return false;
    }
    if (BookmarkRules.isWebUrl(url)) {
      return true;
    }
    boolean other =
        SCHEME.matcher(url).matches() && !url.toLowerCase(Locale.ROOT).matches("https?:.*");
    if (other && anyScheme && url.chars().noneMatch(c -> c < 0x20 || c == 0x7f)) {
      return true;
    }
    if (other) {
      problem(
          line,
          Code.UNSUPPORTED_SCHEME,
          "url: %s (expected: http or https); the entry is skipped".formatted(shown(url)));
    } else {
      problem(
          line,
          Code.INVALID_URL,
          "url: %s (expected: such as https://example.org/page); the entry is skipped"
              .formatted(shown(url)));
    }
    return false;
  }

  private List<String> tags(Draft draft) {
    List<String> kept = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String raw : draft.tags) {
      String tag = TagPaths.name(raw);
      int length = tag.codePointCount(0, tag.length());
      if (length > TAG_MAX) {
        problem(
            draft.line,
            Code.TAG_DROPPED,
            "tag: %s, %d characters (expected: at most %d); the tag is left out"
                .formatted(shown(tag), length, TAG_MAX));
      } else if (TagPaths.reserved(tag)) {
        problem(
            draft.line,
            Code.TAG_DROPPED,
            "tag: %s is reserved (expected: another name); the tag is left out".formatted(tag));
      } else if (!tag.isEmpty() && seen.add(tag.toLowerCase(Locale.ROOT))) {
        if (kept.size() == TAGS_MAX) {
          problem(
              draft.line,
              Code.TAG_DROPPED,
              "tags: more than %d; the others are left out".formatted(TAGS_MAX));
          return kept;
        }
        kept.add(tag);
      }
    }
    return kept;
  }

  private List<String> folders(Draft draft) {
    List<String> names = new ArrayList<>();
    for (String raw : draft.folders) {
      String name = FileText.cut(FileText.line(raw), SHOWN * 2);
      if (!name.isEmpty()) {
        names.add(name);
      }
    }
    if (names.size() <= FOLDERS_MAX) {
      return names;
    }
    problem(
        draft.line,
        Code.FOLDERS_CUT,
        "folders: %d deep (expected: at most %d); the outermost are kept"
            .formatted(names.size(), FOLDERS_MAX));
    return names.subList(0, FOLDERS_MAX);
  }

  private String cut(long line, String what, String text, int max) {
    String kept = FileText.cut(text, max);
    if (kept.length() < text.length()) {
      problem(
          line,
          Code.TEXT_CUT,
          "%s: %d characters (expected: at most %d); the rest is cut"
              .formatted(what, text.codePointCount(0, text.length()), max));
    }
    return kept;
  }

  /// A value as a message may show it.
  static String shown(String value) {
    String clean = FileText.line(value);
    return clean.length() > SHOWN ? FileText.cut(clean, SHOWN) + "…" : clean;
  }
}

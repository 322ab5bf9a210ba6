package dev.quarterdeck.bookmarks.search;

import dev.quarterdeck.bookmarks.search.Node.Scope;
import java.util.List;

/// Names of the index's fields, and its version. Whoever changes what a field holds raises the
/// version: an index of another version is built anew.
final class Fields {
  static final String VERSION = "1";

  /// Key of a document.
  static final String ID = "id";

  /// Breaks ties of times; the same for ever.
  static final String NUMBER = "number";

  /// The owner, and owner and state in one term, since nearly every search asks for both.
  static final String OWNED = "owned";

  static final String OWNER = "owner";
  static final String IS = "is";
  static final String TAG = "tag";
  static final String SITE = "site";
  static final String HOST = "host";
  static final String ADDED = "added";
  static final String MODIFIED = "modified";
  static final String TITLE_ORDER = "title_order";
  static final String SHORTS = "shorts";

  /// The texts: terms, and beside them under the same name the folded text to verify with.
  enum Text {
    TITLE("title", 8),
    URL("url", 3),
    DESCRIPTION("description", 2),
    NOTES("notes", 1);

    static final List<Text> ALL = List.of(values());
    final String field;
    final float weight;

    Text(String field, float weight) {
      this.field = field;
      this.weight = weight;
    }

    static List<Text> of(Scope scope) {
      return switch (scope) {
        case ANYWHERE -> ALL;
        case TITLE -> List.of(TITLE);
        case URL -> List.of(URL);
      };
    }

    String of(Indexed bookmark) {
      return switch (this) {
        case TITLE -> bookmark.title();
        case URL -> bookmark.url();
        case DESCRIPTION -> bookmark.description();
        case NOTES -> bookmark.notes();
      };
    }
  }

  private Fields() {}

  static String owned(String owner, boolean archived) {
    return owner + (archived ? "\0archived" : "\0active");
  }

  /// The term of a tag. Those of one owner stand together in the index.
  static String tag(String owner, String id) {
    return owner + '\0' + id;
  }

  /// The id in the term of a tag.
  static String tagId(String term) {
    return term.substring(term.indexOf('\0') + 1);
  }
}

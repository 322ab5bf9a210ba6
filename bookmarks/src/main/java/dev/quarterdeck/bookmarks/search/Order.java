package dev.quarterdeck.bookmarks.search;

import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;

/// The order of what was found. Ties are broken by the bookmarks' numbers, so that every order is
/// total.
public enum Order {
  NEWEST,
  OLDEST,
  LAST_MODIFIED,
  FIRST_MODIFIED,
  TITLE,
  TITLE_REVERSED,

  /// Matches in the title before tags, address, description and notes; then the newest.
  RELEVANCE;

  /// How the index is sorted on disk.
  static Sort ofIndex() {
    return NEWEST.sort();
  }

  Sort sort() {
    return switch (this) {
      case NEWEST -> new Sort(number(Fields.ADDED, true), number(Fields.NUMBER, true));
      case OLDEST -> new Sort(number(Fields.ADDED, false), number(Fields.NUMBER, false));
      case LAST_MODIFIED -> new Sort(number(Fields.MODIFIED, true), number(Fields.NUMBER, true));
      case FIRST_MODIFIED -> new Sort(number(Fields.MODIFIED, false), number(Fields.NUMBER, false));
      case TITLE -> new Sort(title(false), number(Fields.NUMBER, false));
      case TITLE_REVERSED -> new Sort(title(true), number(Fields.NUMBER, true));
      case RELEVANCE ->
          new Sort(SortField.FIELD_SCORE, number(Fields.ADDED, true), number(Fields.NUMBER, true));
    };
  }

  private static SortField number(String field, boolean descending) {
    return new SortField(field, SortField.Type.LONG, descending);
  }

  private static SortField title(boolean descending) {
    return new SortField(Fields.TITLE_ORDER, SortField.Type.STRING, descending);
  }
}

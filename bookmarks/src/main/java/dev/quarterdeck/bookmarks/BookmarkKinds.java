package dev.quarterdeck.bookmarks;

import dev.quarterdeck.store.Kind;
import dev.quarterdeck.store.Query;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The kinds of documents that this slice stores, in an area of their own.
///
/// Nearly every list is of one owner in one order, so the fields are such orders ready-made: owner,
/// state, time, id in one text. Being unique, each costs one index.
public final class BookmarkKinds {
  /// The area: a file of its own in the embedded store.
  public static final String AREA = "bookmarks";

  static final Kind BOOKMARK =
      new Kind(
          AREA,
          "bookmark",
          List.of(
              Kind.unique("url_key"),
              Kind.unique("alike_key"),
              Kind.unique("number"),
              Kind.unique("created_key"),
              Kind.unique("modified_key"),
              Kind.unique("shared_key"),
              Kind.unique("public_token"),
              Kind.unique("request_key")));

  static final Kind TAG =
      new Kind(
          AREA,
          "bookmark_tag",
          List.of(Kind.unique("name_key"), Kind.unique("removed_key"), Kind.unique("number")));

  static final Kind COLLECTION =
      new Kind(AREA, "bookmark_collection", List.of(Kind.unique("place_key")));

  static final Kind FEED = new Kind(AREA, "bookmark_feed", List.of(Kind.unique("token")));

  static final Kind NUMBERS = new Kind(AREA, "bookmark_numbers", List.of());

  /// All of them; the store is opened with these.
  public static final List<Kind> ALL = List.of(BOOKMARK, TAG, COLLECTION, FEED, NUMBERS);

  private static final long LATEST = 253_402_300_799_999L;

  private BookmarkKinds() {}

  static Map<String, Object> indexed(Bookmark bookmark) {
    Map<String, Object> indexed = new HashMap<>();
    String id = bookmark.id();
    String list = list(bookmark.owner(), bookmark.status());
    indexed.put("number", number(bookmark.number()));
    indexed.put("created_key", list + time(bookmark.createdAt()) + id);
    indexed.put("modified_key", list + time(bookmark.modifiedAt()) + id);
    bookmark
        .request()
        .ifPresent(request -> indexed.put("request_key", requestKey(bookmark.owner(), request)));
    if (!bookmark.trashed()) {
      indexed.put("url_key", urlKey(bookmark.owner(), bookmark.url()));
      indexed.put("alike_key", alikeKey(bookmark.owner(), bookmark.url()) + id);
      if (bookmark.visibility() == Visibility.TEAM) {
        indexed.put("shared_key", time(bookmark.createdAt()) + id);
      }
      bookmark.publicLink().ifPresent(link -> indexed.put("public_token", link.token()));
    }
    return indexed;
  }

  static Map<String, Object> indexed(Tag tag) {
    String number = number(tag.number());
    return tag.removed()
        ? Map.of("number", number, "removed_key", tag.owner() + "|" + tag.id())
        : Map.of("number", number, "name_key", nameKey(tag.owner(), tag.name()));
  }

  static Map<String, Object> indexed(BookmarkCollection collection) {
    String place =
        "%s|%d|%019d|"
            .formatted(collection.owner(), collection.pinned() ? 0 : 1, collection.position());
    return Map.of("place_key", place + collection.id());
  }

  static String urlKey(String owner, String url) {
    return owner + "|" + UrlKeys.hash(UrlKeys.same(url));
  }

  /// Beginning of the key that all bookmarks with an alike URL share.
  static String alikeKey(String owner, String url) {
    return owner + "|" + UrlKeys.hash(UrlKeys.alike(url)) + "|";
  }

  static String requestKey(String owner, Bookmark.RequestKey request) {
    return owner + "|" + request.key();
  }

  static String nameKey(String owner, String name) {
    return owner + "|" + Tag.fold(name);
  }

  static String number(int number) {
    return padded(number, 10);
  }

  /// Beginning of the sort keys of one owner's bookmarks of one status.
  static String list(String owner, Status status) {
    return switch (status) {
      case ACTIVE -> owner + "|a|";
      case ARCHIVED -> owner + "|r|";
      case TRASHED -> owner + "|t|";
    };
  }

  /// A time whose order is that of its text. Times before 1970 count as its first moment.
  static String time(Instant time) {
    long millis = time.getEpochSecond() > LATEST / 1000 ? LATEST : Math.max(0, time.toEpochMilli());
    return padded(millis, 15) + "|";
  }

  private static String padded(long number, int digits) {
    String text = Long.toString(number);
    return "0".repeat(Math.max(0, digits - text.length())) + text;
  }

  /// The condition that a key begins with a text that ends in `|`.
  static Query.Condition begins(String field, String beginning) {
    String below = beginning.substring(0, beginning.length() - 1) + "}";
    return new Query.Range(field, beginning, below);
  }
}

package dev.quarterdeck.bookmarks;

import dev.quarterdeck.runtime.Problem;
import dev.quarterdeck.store.Query;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Lists of bookmarks without a query, straight from the store. Safe for all threads.
public final class BookmarkLists {
  private static final Pattern PLACE = Pattern.compile("\\d{15}\\|[0-9a-f]{12}");
  private static final int ID_LENGTH = 12;
  private static final int SKIPPED_AT_ONCE = 100_000;

  private final BookmarkStore store;

  BookmarkLists(BookmarkStore store) {
    this.store = store;
  }

  /// How many bookmarks of an owner have a status.
  public long total(String owner, Status status) {
    return store.total(owner, status);
  }

  /// A page of one owner's bookmarks of one status.
  ///
  /// @param limit 1 to 1,000
  /// @param cursor of the page before; empty for the first page
  /// @throws dev.quarterdeck.runtime.ProblemException 400 when the cursor is none of ours
  public Page of(String owner, Status status, Sort sort, Optional<String> cursor, int limit) {
    String list = BookmarkKinds.list(owner, status);
    return page(sort.field, list, sort.descending, cursor, limit);
  }

  /// A page of what all users share with the team, the newest first.
  public Page shared(Optional<String> cursor, int limit) {
    return page("shared_key", "", true, cursor, limit);
  }

  /// A page of all bookmarks of all owners, trashed ones included, by id: for those who build
  /// something from all of them. What is made meanwhile comes later in the same order.
  ///
  /// @param after id of the last bookmark of the page before; empty for the first page
  /// @param limit 1 to 10,000
  public List<Bookmark> everything(String after, int limit) {
    Optional<Query.Cursor> from =
        after.isEmpty() ? Optional.empty() : Optional.of(new Query.Cursor(after, after));
    return store.page(List.of(), "id", false, limit, from).values();
  }

  /// Bookmarks from a place on, for callers that count places: its cost grows with the offset.
  ///
  /// @param limit 1 to 1,000
  /// @param step called now and then; it may throw to end the walk
  public List<Bookmark> at(
      String owner, Status status, Sort sort, long offset, int limit, Runnable step) {
    long total = total(owner, status);
    if (offset >= total) {
      return List.of();
    }
    long behind = Math.max(0, total - offset - limit);
    if (behind < offset) {
      int wanted = Math.toIntExact(Math.min(limit, total - offset));
      List<Bookmark> found = walk(owner, status, sort.reversed(), behind, wanted, step);
      return found.reversed();
    }
    return walk(owner, status, sort, offset, limit, step);
  }

  private List<Bookmark> walk(
      String owner, Status status, Sort sort, long offset, int limit, Runnable step) {
    String list = BookmarkKinds.list(owner, status);
    List<Query.Condition> conditions = List.of(BookmarkKinds.begins(sort.field, list));
    Optional<Query.Cursor> from = Optional.empty();
    long left = offset;
    while (left > 0) {
      step.run();
      long size = Math.min(SKIPPED_AT_ONCE, left);
      from = store.skip(conditions, sort.field, sort.descending, size, from);
      if (from.isEmpty()) {
        return List.of();
      }
      left -= size;
    }
    return new ArrayList<>(
        store.page(conditions, sort.field, sort.descending, limit, from).values());
  }

  private Page page(
      String field, String list, boolean descending, Optional<String> cursor, int limit) {
    List<Query.Condition> conditions =
        list.isEmpty()
            ? List.of(new Query.Range(field, "0", null))
            : List.of(BookmarkKinds.begins(field, list));
    Records.Page<Bookmark> page =
        store.page(conditions, field, descending, limit, cursor.map(text -> from(list, text)));
    return new Page(page.values(), page.next().map(next -> text(list, next)));
  }

  private static String text(String list, Query.Cursor cursor) {
    String place = String.valueOf(cursor.value()).substring(list.length());
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(place.getBytes(StandardCharsets.US_ASCII));
  }

  private static Query.Cursor from(String list, String text) {
    String place;
    try {
      place = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
    } catch (IllegalArgumentException notBase64) {
      place = "";
    }
    if (!PLACE.matcher(place).matches()) {
      throw new Problem.BadRequest(
              "cursor_invalid", "cursor: not one of ours (expected: next_cursor of a page)")
          .raise();
    }
    return new Query.Cursor(list + place, place.substring(place.length() - ID_LENGTH));
  }

  /// A page.
  ///
  /// @param next cursor of the following page; empty at the end
  public record Page(List<Bookmark> bookmarks, Optional<String> next) {
    public Page {
      bookmarks = List.copyOf(bookmarks);
    }
  }

  /// The orders that the store keeps.
  public enum Sort {
    ADDED_DESCENDING("created_key", true),
    ADDED_ASCENDING("created_key", false),
    MODIFIED_DESCENDING("modified_key", true),
    MODIFIED_ASCENDING("modified_key", false);

    private final String field;
    private final boolean descending;

    Sort(String field, boolean descending) {
      this.field = field;
      this.descending = descending;
    }

    private Sort reversed() {
      return switch (this) {
        case ADDED_DESCENDING -> ADDED_ASCENDING;
        case ADDED_ASCENDING -> ADDED_DESCENDING;
        case MODIFIED_DESCENDING -> MODIFIED_ASCENDING;
        case MODIFIED_ASCENDING -> MODIFIED_DESCENDING;
      };
    }
  }
}

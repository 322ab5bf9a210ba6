package dev.quarterdeck.bookmarks;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A named set of bookmarks: picked by hand, or by a rule.
///
/// @param id 10 lower-case hexadecimal digits
/// @param owner id of the user whose it is
/// @param version 1 when made, one more for each change
/// @param name at most 256 characters
/// @param bookmarkIds in their order; a bookmark may be in the trash or gone since. Empty when
///   smart
/// @param filterRule query that selects the members; empty when manual
/// @param pinned stands before the others
/// @param position place among the others, 0 for the first
public record BookmarkCollection(
    String id,
    String owner,
    @JsonIgnore long version,
    String name,
    Type type,
    List<String> bookmarkIds,
    String filterRule,
    boolean pinned,
    long position,
    Instant createdAt,
    Instant modifiedAt) {
  public BookmarkCollection {
    bookmarkIds = List.copyOf(bookmarkIds);
  }

  /// How members are chosen.
  public enum Type {
    /// By hand.
    MANUAL,
    /// By a query.
    SMART;

    /// The name in JSON.
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /// The type with this name.
    public static Optional<Type> of(String label) {
      return Arrays.stream(values()).filter(type -> type.label().equals(label)).findFirst();
    }
  }

  BookmarkCollection withVersion(long value) {
    return new BookmarkCollection(
        id,
        owner,
        value,
        name,
        type,
        bookmarkIds,
        filterRule,
        pinned,
        position,
        createdAt,
        modifiedAt);
  }

  BookmarkCollection with(List<String> members, Instant now) {
    return new BookmarkCollection(
        id, owner, version, name, type, members, filterRule, pinned, position, createdAt, now);
  }

  BookmarkCollection with(String newName, String newRule, boolean pin, long place, Instant now) {
    return new BookmarkCollection(
        id, owner, version, newName, type, bookmarkIds, newRule, pin, place, createdAt, now);
  }
}

package dev.quarterdeck.bookmarks.exchange;

import java.time.Instant;
import java.util.List;

/// The saved searches of all users, as exports and imports see them; linkding calls them bundles.
/// Safe for all threads.
public interface SavedSearches {
  /// Those of an owner, in their order.
  List<SavedSearch> of(String owner);

  /// Adds one behind all others, unless there is one with the same name that finds the same.
  ///
  /// @return whether it was added
  /// @throws dev.quarterdeck.runtime.ProblemException when there are too many
  boolean add(String owner, SavedSearch search);

  /// A saved search.
  ///
  /// @param anyTags names with blanks between; as are the other two
  /// @param unread `off`, `yes` or `no`; as is the other
  record SavedSearch(
      String name,
      String search,
      String anyTags,
      String allTags,
      String excludedTags,
      String unread,
      String shared,
      Instant createdAt,
      Instant modifiedAt) {}
}

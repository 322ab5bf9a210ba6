package dev.quarterdeck.bookmarks.search;

import java.util.Optional;

/// Whose bookmarks are searched. Nothing outside the scope is ever found, whatever the query says;
/// the trash is in no scope.
public sealed interface SearchScope {
  /// The bookmarks of one user.
  ///
  /// @param states which of them
  record Own(String owner, States states) implements SearchScope {}

  /// What users share with the team.
  ///
  /// @param owner of one user only
  record Shared(Optional<String> owner) implements SearchScope {}

  /// Active bookmarks, archived ones, or both.
  enum States {
    ACTIVE,
    ARCHIVED,
    BOTH
  }
}

package dev.quarterdeck.bookmarks.linkding;

import java.util.Optional;

/// The users of this server, as far as shared bookmarks need them.
@FunctionalInterface
public interface Members {
  /// Id of the user with this name.
  Optional<String> idOf(String username);
}

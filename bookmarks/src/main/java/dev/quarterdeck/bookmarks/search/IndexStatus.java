package dev.quarterdeck.bookmarks.search;

import java.util.Optional;

/// How the index does.
///
/// @param state what it does now
/// @param bookmarks how many are in it
/// @param position of the last event that it has
/// @param behind how many events it has yet to take in
/// @param built how many bookmarks of a building under way are done
/// @param reason why it was last built from the store; empty when it was not since the start
public record IndexStatus(
    State state, int bookmarks, long position, long behind, long built, Optional<String> reason) {
  /// What an index does.
  public enum State {
    /// It follows the store.
    READY,
    /// It is being built, and an older one answers meanwhile.
    REBUILDING,
    /// It is being built, and nothing can be searched meanwhile.
    BUILDING,
    /// It cannot be used; it is tried again.
    FAILED
  }
}

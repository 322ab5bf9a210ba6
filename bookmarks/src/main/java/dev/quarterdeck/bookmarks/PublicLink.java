package dev.quarterdeck.bookmarks;

import java.time.Instant;
import java.util.Optional;

/// A link by which everybody who has it sees the bookmark.
///
/// @param token unguessable
/// @param expiresAt when it ends; empty for never
public record PublicLink(String token, Optional<Instant> expiresAt) {
  /// Whether it still opens the bookmark.
  public boolean valid(Instant now) {
    return expiresAt.isEmpty() || now.isBefore(expiresAt.get());
  }
}

package dev.quarterdeck.accounts;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// An API token as it is stored: never the secret, only its hash.
///
/// @param hint the first characters of the secret, to know it again
/// @param epoch the user's epoch that it was made in
/// @param lastUsedAt to within [#USE_PRECISION]
record ApiToken(
    String id,
    String userId,
    String name,
    List<Scope> scopes,
    String secretHash,
    String hint,
    long epoch,
    Instant createdAt,
    Optional<Instant> expiresAt,
    Optional<Instant> lastUsedAt) {

  /// A use is noted this often at most.
  static final Duration USE_PRECISION = Duration.ofMinutes(10);

  ApiToken {
    scopes = List.copyOf(scopes);
  }

  boolean expired(Instant now) {
    return expiresAt.filter(end -> !now.isBefore(end)).isPresent();
  }

  /// Whether a use at this time is worth noting.
  boolean staleUse(Instant now) {
    return lastUsedAt.filter(last -> now.isBefore(last.plus(USE_PRECISION))).isEmpty();
  }

  ApiToken used(Instant now) {
    return new ApiToken(
        id, userId, name, scopes, secretHash, hint, epoch, createdAt, expiresAt, Optional.of(now));
  }
}

package dev.quarterdeck.accounts;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The failed logins to one name from one address, an aggregate. Nobody can lock another's account:
/// the lock holds for the address that failed, no other.
///
/// @param nameHash SHA-256 of the folded name; a name that was typed is not stored, as it may be a
///   password typed into the wrong field
/// @param count failures since `since`
/// @param lockedUntil end of the lock-out, when there is one
record LoginFailures(
    String id, String nameHash, int count, Instant since, Optional<Instant> lockedUntil) {

  /// Failures within [#WINDOW] that lock out.
  static final int LIMIT = 5;

  /// The time in which failures are counted together.
  static final Duration WINDOW = Duration.ofMinutes(15);

  /// How long a lock-out lasts.
  static final Duration LOCK = Duration.ofMinutes(15);

  /// The state after the first failure.
  static LoginFailures first(String id, String nameHash, Instant now) {
    return new LoginFailures(id, nameHash, 1, now, Optional.empty());
  }

  /// One more failure. Within a lock-out it changes nothing, so that it is not prolonged.
  LoginFailures again(Instant now) {
    if (locked(now).isPresent()) {
      return this;
    }
    if (!now.isBefore(expiresAt())) {
      return first(id, nameHash, now);
    }
    int next = count + 1;
    return new LoginFailures(
        id, nameHash, next, since, next < LIMIT ? Optional.empty() : Optional.of(now.plus(LOCK)));
  }

  /// How long the lock-out still lasts.
  Optional<Duration> locked(Instant now) {
    return lockedUntil.filter(now::isBefore).map(end -> Duration.between(now, end));
  }

  /// When this means nothing any more.
  Instant expiresAt() {
    return lockedUntil.orElse(since.plus(WINDOW));
  }
}

package dev.quarterdeck.accounts;

import dev.quarterdeck.accounts.Aggregates.Step;
import dev.quarterdeck.accounts.SessionTokens.Issued;
import dev.quarterdeck.accounts.SessionTokens.Session;
import dev.quarterdeck.store.Documents;
import dev.quarterdeck.store.NewEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// Sessions: opened by a login, ended by a logout at once, and all of a user's together by the
/// user's next epoch. Safe for all threads.
final class Sessions {
  private static final int SWEEP = 20;

  /// A revocation is kept longer than its token, against a clock that is set back.
  private static final Duration MARGIN = Duration.ofHours(1);

  private final SessionTokens tokens;
  private final Users users;
  private final Aggregates<Revocation> revocations;
  private final InstantSource clock;

  Sessions(SessionTokens tokens, Users users, Documents documents, InstantSource clock) {
    this.tokens = tokens;
    this.users = users;
    this.clock = clock;
    this.revocations =
        new Aggregates<>(
            documents,
            AccountKinds.REVOKED_SESSION,
            Revocation.class,
            revoked -> Map.of("expires_at", revoked.expiresAt().plus(MARGIN).toEpochMilli()));
  }

  /// A session in the epoch that the user was read at: when the password has changed since, it is
  /// void from the start.
  Issued open(User user) {
    return tokens.issue(user);
  }

  /// The session of a token and its user, who may still come in.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException 401 for everything else
  Live resolve(String token) {
    Session session = tokens.verify(token);
    Optional<User> user = users.find(session.userId());
    if (user.isEmpty() || revocations.find(session.id()).isPresent()) {
      throw AccountProblems.revokedToken();
    }
    users.admit(user.get(), session.epoch());
    return new Live(session, user.get());
  }

  /// Ends a session. When this returns, its token is worth nothing, after a crash too.
  void revoke(Session session, NewEvent event) {
    revocations.changeInPlace(
        session.id(),
        before ->
            before.isPresent()
                ? Optional.empty()
                : Step.to(new Revocation(session.id(), session.expiresAt()), event));
    revocations.sweep("expires_at", clock.instant(), SWEEP);
  }

  /// A session that is valid now.
  record Live(Session session, User user) {}

  /// A session that was ended before its time.
  ///
  /// @param id the token's jti
  record Revocation(String id, Instant expiresAt) {}
}

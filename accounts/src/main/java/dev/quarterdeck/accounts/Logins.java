package dev.quarterdeck.accounts;

import dev.quarterdeck.accounts.Aggregates.Step;
import dev.quarterdeck.accounts.SessionTokens.Issued;
import java.time.Duration;
import java.util.Optional;

/// Logging in and out. Safe for all threads; a login computes for as long as a password hash takes,
/// and may wait for its turn before.
public final class Logins {
  private final Users users;
  private final Sessions sessions;
  private final Passwords passwords;
  private final LoginGuard guard;
  private final CsrfTokens csrf;
  private final AccountEvents events;
  private final Duration life;

  Logins(
      Users users,
      Sessions sessions,
      Passwords passwords,
      LoginGuard guard,
      CsrfTokens csrf,
      AccountEvents events,
      Duration life) {
    this.users = users;
    this.sessions = sessions;
    this.passwords = passwords;
    this.guard = guard;
    this.csrf = csrf;
    this.events = events;
    this.life = life;
  }

  /// Opens a session.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException 401 with the same text and after the same
  ///   work for a wrong name as for a wrong password; 423 and 429 after too many failures; 503 when
  ///   too many log in at once
  public LoggedIn login(String username, String password, Caller caller) {
    guard.check(username, caller.address());
    return passwords.limited(
        () -> {
          Optional<User> named = users.findByName(username);
          User user = verified(named, username, password, caller);
          users.admit(user, user.tokenEpoch());
          Optional<String> stronger =
              passwords.outdated(user.passwordHash())
                  ? Optional.of(passwords.hash(password))
                  : Optional.empty();
          users.update(
              user.id(),
              now ->
                  Step.to(
                      stronger
                          .filter(_ -> now.passwordHash().equals(user.passwordHash()))
                          .map(now::withStrongerHash)
                          .orElse(now),
                      events.loggedIn(user, caller.address(), caller.userAgent())));
          guard.succeeded(username, caller.address());
          Issued issued = sessions.open(user);
          return new LoggedIn(user.profile(), issued.token(), csrf.of(issued.session().id()), life);
        });
  }

  /// Ends the session of a token, at once and for good.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException 401 when it is not valid
  public void logout(String token) {
    Sessions.Live live = sessions.resolve(token);
    sessions.revoke(live.session(), events.loggedOut(live.user()));
  }

  /// The user who gave its password. To be called inside [Passwords#limited]: the lock-out is
  /// looked up again there, so that a storm of guesses gets no more tries than a slow guesser.
  User verified(Optional<User> named, String username, String password, Caller caller) {
    guard.check(username, caller.address());
    boolean right = passwords.matches(named.map(User::passwordHash), password);
    if (named.isEmpty() || !right) {
      String reason = named.isEmpty() ? "unknown_user" : "wrong_password";
      guard.failed(username, caller.address(), events.failed(named, reason, caller.address()));
      throw AccountProblems.wrongCredentials();
    }
    return named.get();
  }
}

package dev.quarterdeck.accounts;

import dev.quarterdeck.accounts.Aggregates.Step;
import dev.quarterdeck.runtime.Ids;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Registration, passwords and the first users. Safe for all threads.
public final class Accounts {
  private final Users users;
  private final Logins logins;
  private final Passwords passwords;
  private final AccountEvents events;
  private final boolean registrationEnabled;
  private final Ids ids;
  private final InstantSource clock;

  Accounts(
      Users users,
      Logins logins,
      Passwords passwords,
      AccountEvents events,
      boolean registrationEnabled,
      Ids ids,
      InstantSource clock) {
    this.users = users;
    this.logins = logins;
    this.passwords = passwords;
    this.events = events;
    this.registrationEnabled = registrationEnabled;
    this.ids = ids;
    this.clock = clock;
  }

  /// Makes a user of whoever asks, always with the role `user`.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException 403 when registration is off, 422 for a name,
  ///   address or password against the rules, 409 when name or address is taken
  public UserProfile register(String username, String email, String password) {
    if (!registrationEnabled) {
      throw AccountProblems.registrationOff();
    }
    return create(username, email, password, Role.USER);
  }

  /// Makes an administrator: `quarterdeck admin create`.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException as [#register]
  public UserProfile createAdmin(String username, String email, String password) {
    return create(username, email, password, Role.ADMIN);
  }

  UserProfile create(String username, String email, String password, Role role) {
    new AccountRules().username(username).email(email).password("password", password).check();
    users.checkFree(username, email);
    User user =
        User.create(
            ids.next(),
            username,
            email,
            role,
            passwords.limited(() -> passwords.hash(password)),
            clock.instant());
    return users.create(user, events.registered(user)).profile();
  }

  /// Makes the users of development, `user` with the password `user123` and `admin` with
  /// `admin123`, unless their names are taken. Only for a server in development or test that
  /// listens on a loopback address: any other refuses them even when they are in its store.
  public void seedDevelopment() {
    seed("user", "user123", Role.USER);
    seed("admin", "admin123", Role.ADMIN);
  }

  private void seed(String name, String password, Role role) {
    if (users.findByName(name).isPresent()) {
      return;
    }
    String hash = passwords.limited(() -> passwords.hash(password));
    User user =
        User.create(ids.next(), name, name + "@example.com", role, hash, clock.instant()).asSeed();
    users.create(user, events.registered(user));
  }

  /// The user with this id.
  public Optional<UserProfile> find(String id) {
    return users.find(id).map(User::profile);
  }

  /// The user with this name, whatever its case.
  public Optional<UserProfile> findByName(String username) {
    return users.findByName(username).map(User::profile);
  }

  /// Gives the user another password. All sessions and API tokens end at once, the caller's own
  /// included.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException 401 when the present password is wrong, 423
  ///   after too many failures, 422 when the new one breaks the rules or is the present one
  public void changePassword(String userId, String current, String next, Caller caller) {
    AccountRules rules = new AccountRules().password("new_password", next);
    rules.check();
    User user = users.find(userId).orElseThrow(AccountProblems::noUser);
    passwords.limited(
        () -> {
          User known = logins.verified(Optional.of(user), user.username(), current, caller);
          if (next.equals(current)) {
            rules.broken("new_password", "new_password: the present one (expected: another)");
            rules.check();
          }
          String hash = passwords.hash(next);
          Instant now = clock.instant();
          return users.update(
              userId,
              latest -> {
                if (latest.tokenEpoch() != known.tokenEpoch()) {
                  throw AccountProblems.revokedToken();
                }
                return Step.to(
                    latest.withPassword(hash, now),
                    events.updated(latest, List.of("password"), userId));
              });
        });
  }
}

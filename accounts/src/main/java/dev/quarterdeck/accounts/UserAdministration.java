package dev.quarterdeck.accounts;

import dev.quarterdeck.accounts.Aggregates.Step;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// What administrators do with users. Whoever may call is checked before. Safe for all threads.
public final class UserAdministration {
  private final Users users;
  private final Accounts accounts;
  private final Passwords passwords;
  private final LoginGuard guard;
  private final AccountEvents events;
  private final InstantSource clock;

  UserAdministration(
      Users users,
      Accounts accounts,
      Passwords passwords,
      LoginGuard guard,
      AccountEvents events,
      InstantSource clock) {
    this.users = users;
    this.accounts = accounts;
    this.passwords = passwords;
    this.guard = guard;
    this.events = events;
    this.clock = clock;
  }

  /// All users by name.
  ///
  /// @param search part of the name or address, whatever its case
  public List<UserProfile> list(Optional<String> search, Optional<Role> role) {
    Predicate<User> found =
        search
            .map(User::fold)
            .<Predicate<User>>map(
                part ->
                    user ->
                        User.fold(user.username()).contains(part)
                            || User.fold(user.email()).contains(part))
            .orElse(_ -> true);
    return users.all(role).stream().filter(found).map(User::profile).toList();
  }

  /// @throws dev.quarterdeck.runtime.ProblemException 404
  public UserProfile get(String id) {
    return accounts.find(id).orElseThrow(AccountProblems::noUser);
  }

  /// Makes a user with any role.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException 422, 409
  public UserProfile create(
      String username, String email, String password, Role role, boolean active) {
    UserProfile made = accounts.create(username, email, password, role);
    return active
        ? made
        : users
            .update(made.id(), user -> Step.to(user.withActive(false, clock.instant())))
            .profile();
  }

  /// Changes what is given. Another role, status or password ends all sessions and API tokens of
  /// the user at once.
  ///
  /// @param by id of the administrator, who cannot change its own role and status: so one
  ///   administrator always remains
  /// @throws dev.quarterdeck.runtime.ProblemException 404, 422, 409, 400 for the own account
  public UserProfile update(String id, UserChange change, String by) {
    AccountRules rules = new AccountRules();
    change.username().ifPresent(rules::username);
    change.email().ifPresent(rules::email);
    change.password().ifPresent(text -> rules.password("password", text));
    rules.check();
    User known = users.find(id).orElseThrow(AccountProblems::noUser);
    boolean privileged =
        change.role().filter(role -> role != known.role()).isPresent()
            || change.active().filter(active -> active != known.active()).isPresent();
    if (id.equals(by) && privileged) {
      throw AccountProblems.ownAccount();
    }
    Optional<String> hash =
        change.password().map(text -> passwords.limited(() -> passwords.hash(text)));
    Instant now = clock.instant();
    return users.update(id, user -> changed(user, change, hash, by, now)).profile();
  }

  private Optional<Step<User>> changed(
      User user, UserChange change, Optional<String> hash, String by, Instant now) {
    User next = user;
    List<String> fields = new ArrayList<>();
    if (change.username().isPresent()) {
      next = noted(next, next.withUsername(change.username().get(), now), "username", fields);
    }
    if (change.email().isPresent()) {
      next = noted(next, next.withEmail(change.email().get(), now), "email", fields);
    }
    if (change.role().isPresent()) {
      next = noted(next, next.withRole(change.role().get(), now), "role", fields);
    }
    if (change.active().isPresent()) {
      next = noted(next, next.withActive(change.active().get(), now), "is_active", fields);
    }
    if (hash.isPresent()) {
      next = noted(next, next.withPassword(hash.get(), now), "password", fields);
    }
    return fields.isEmpty() ? Optional.empty() : Step.to(next, events.updated(next, fields, by));
  }

  private static User noted(User before, User after, String field, List<String> fields) {
    if (!after.equals(before)) {
      fields.add(field);
    }
    return after;
  }

  /// Ends every lock-out of the user; answers whether there was one.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException 404
  public boolean unlock(String id) {
    return guard.unlock(users.find(id).orElseThrow(AccountProblems::noUser).username());
  }

  /// What is to change; what is empty stays.
  public record UserChange(
      Optional<String> username,
      Optional<String> email,
      Optional<Role> role,
      Optional<Boolean> active,
      Optional<String> password) {
    /// Only another password.
    public static UserChange ofPassword(String password) {
      return new UserChange(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.of(password));
    }

    @Override
    public String toString() {
      return "UserChange[" + username + ", " + email + ", " + role + ", " + active + "]";
    }
  }
}

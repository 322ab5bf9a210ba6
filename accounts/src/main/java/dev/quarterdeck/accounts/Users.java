package dev.quarterdeck.accounts;

import dev.quarterdeck.accounts.Aggregates.Step;
import dev.quarterdeck.store.Documents;
import dev.quarterdeck.store.DuplicateValue;
import dev.quarterdeck.store.NewEvent;
import dev.quarterdeck.store.Query;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The stored users. Names and addresses are unique whatever their case. Safe for all threads.
final class Users {
  private final Aggregates<User> users;
  private final boolean seedsAllowed;

  /// @param seedsAllowed whether users with the public password of a seed may come in
  Users(Documents documents, boolean seedsAllowed) {
    this.seedsAllowed = seedsAllowed;
    this.users =
        new Aggregates<>(
            documents,
            AccountKinds.USER,
            User.class,
            user ->
                Map.of(
                    "username_key",
                    User.fold(user.username()),
                    "email_key",
                    User.fold(user.email()),
                    "role",
                    user.role().label(),
                    "created_at",
                    user.createdAt().toEpochMilli()));
  }

  Optional<User> find(String id) {
    return users.find(id);
  }

  Optional<User> findByName(String username) {
    return users.findBy("username_key", User.fold(username));
  }

  /// All users with this role (empty: any), by name.
  List<User> all(Optional<Role> role) {
    return users.all(
        role.map(one -> List.<Query.Condition>of(new Query.Equal("role", one.label())))
            .orElse(List.of()),
        "username_key");
  }

  /// @throws dev.quarterdeck.runtime.ProblemException 409 when name or address is taken
  void checkFree(String username, String email) {
    if (findByName(username).isPresent()) {
      throw AccountProblems.taken("username");
    }
    if (users.findBy("email_key", User.fold(email)).isPresent()) {
      throw AccountProblems.taken("email");
    }
  }

  /// @throws dev.quarterdeck.runtime.ProblemException 409 when name or address is taken
  User create(User user, NewEvent event) {
    return change(
        user.id(), before -> before.isPresent() ? Optional.empty() : Step.to(user, event));
  }

  /// Commits a transition of a user.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException 404 when there is none, 409 when the next
  ///   name or address is taken
  User update(String id, Function<User, Optional<Step<User>>> transition) {
    return change(id, before -> transition.apply(before.orElseThrow(AccountProblems::noUser)));
  }

  private User change(String id, Function<Optional<User>, Optional<Step<User>>> transition) {
    try {
      return users.change(id, transition).orElseThrow(AccountProblems::noUser);
    } catch (DuplicateValue duplicate) {
      throw AccountProblems.taken(duplicate.field().replace("_key", ""));
    }
  }

  /// Lets in whoever is active and holds something issued in the present epoch.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException 401 for everybody else
  void admit(User user, long epoch) {
    if (!user.active()) {
      throw AccountProblems.disabled();
    }
    if (user.tokenEpoch() != epoch) {
      throw AccountProblems.revokedToken();
    }
    if (user.seeded() && !seedsAllowed) {
      throw AccountProblems.seedNotAllowed();
    }
  }
}

package dev.quarterdeck.accounts;

import java.time.Instant;
import java.util.Locale;

/// The user aggregate. Its methods are its legal transitions; each answers the next state.
///
/// @param passwordHash bcrypt, with its cost and salt
/// @param tokenEpoch number of times that everything issued before became void; sessions and API
///   tokens carry the epoch that they were issued in and hold only while it is the present one
/// @param seeded whether it still has the public password of a development seed
record User(
    String id,
    String username,
    String email,
    Role role,
    boolean active,
    String passwordHash,
    long tokenEpoch,
    boolean seeded,
    Instant createdAt,
    Instant updatedAt) {

  /// A new, active user.
  static User create(
      String id, String username, String email, Role role, String passwordHash, Instant now) {
    return new User(id, username, email, role, true, passwordHash, 1, false, now, now);
  }

  /// The same user with the mark of a public password.
  User asSeed() {
    return new User(
        id, username, email, role, active, passwordHash, tokenEpoch, true, createdAt, updatedAt);
  }

  /// Another password: everything issued before becomes void.
  User withPassword(String hash, Instant now) {
    return new User(id, username, email, role, active, hash, tokenEpoch + 1, false, createdAt, now);
  }

  /// The same password hashed at another cost. What was issued stays valid.
  User withStrongerHash(String hash) {
    return new User(
        id, username, email, role, active, hash, tokenEpoch, seeded, createdAt, updatedAt);
  }

  /// Another role: everything issued before becomes void. The same role changes nothing.
  User withRole(Role next, Instant now) {
    return next == role
        ? this
        : new User(
            id,
            username,
            email,
            next,
            active,
            passwordHash,
            tokenEpoch + 1,
            seeded,
            createdAt,
            now);
  }

  /// Lets the user in, or shuts it out: then everything issued before becomes void.
  User withActive(boolean next, Instant now) {
    return next == active
        ? this
        : new User(
            id, username, email, role, next, passwordHash, tokenEpoch + 1, seeded, createdAt, now);
  }

  /// Another name.
  User withUsername(String next, Instant now) {
    return next.equals(username)
        ? this
        : new User(id, next, email, role, active, passwordHash, tokenEpoch, seeded, createdAt, now);
  }

  /// Another address.
  User withEmail(String next, Instant now) {
    return next.equals(email)
        ? this
        : new User(
            id, username, next, role, active, passwordHash, tokenEpoch, seeded, createdAt, now);
  }

  /// What others may see of the user.
  UserProfile profile() {
    return new UserProfile(id, username, email, role, active, createdAt, updatedAt);
  }

  /// The form in which names and addresses are compared: `Anna` and `anna` are the same user.
  static String fold(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return "User[" + id + ", " + username + ", " + role + "]";
  }
}

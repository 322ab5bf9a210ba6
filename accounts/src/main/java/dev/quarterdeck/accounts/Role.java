package dev.quarterdeck.accounts;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a user may do. There are two roles only: every role that the product knows has a meaning.
public enum Role {
  /// Works with what is its own.
  USER,
  /// Sees and changes everything.
  ADMIN;

  /// The name in JSON: lower case.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The role with this name in JSON.
  public static Optional<Role> of(String label) {
    return Arrays.stream(values()).filter(role -> role.label().equals(label)).findFirst();
  }
}

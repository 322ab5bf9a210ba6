package dev.quarterdeck.executions;

import dev.quarterdeck.http.Principal;

/// Whose an execution is.
public record Owner(String userId, String username) {
  /// The caller as an owner.
  public static Owner of(Principal principal) {
    return new Owner(principal.userId(), principal.username());
  }
}

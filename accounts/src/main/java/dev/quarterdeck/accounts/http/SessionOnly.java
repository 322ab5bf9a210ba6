package dev.quarterdeck.accounts.http;

import dev.quarterdeck.http.Principal;
import dev.quarterdeck.http.Request;
import dev.quarterdeck.runtime.Problem;
import dev.quarterdeck.runtime.ProblemException;

/// The rule for what an API token must never do: make further tokens, give anybody a password or a
/// role.
final class SessionOnly {
  private SessionOnly() {}

  /// The caller, who has a session.
  ///
  /// @throws ProblemException 403 for an API token
  static Principal check(Request request) {
    Principal principal = request.principal();
    if (!principal.allows("*")) {
      throw problem();
    }
    return principal;
  }

  static ProblemException problem() {
    return new Problem.Forbidden(
            "session_required",
            "This needs a login with name and password; an API token is not enough")
        .raise();
  }
}

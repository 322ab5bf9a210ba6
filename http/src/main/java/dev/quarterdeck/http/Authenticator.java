package dev.quarterdeck.http;

import java.util.Optional;

/// Finds out who a request comes from. Implemented by the accounts slice.
public interface Authenticator {
  /// The caller; empty when the request carries no credentials.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException 401 when its credentials are wrong, expired
  ///   or revoked; 403 when a cookie request that writes has no valid CSRF token
  Optional<Principal> authenticate(Request request);
}

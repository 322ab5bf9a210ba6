package dev.quarterdeck.http;

import java.util.Set;

/// Who a request comes from.
///
/// @param userId id of the user
/// @param scopes of the API token; a session has every scope: `*`
/// @param via how the caller proved it
public record Principal(
    String userId, String username, boolean admin, Set<String> scopes, Via via) {
  public Principal {
    scopes = Set.copyOf(scopes);
  }

  /// Whether the caller may do what the scope names.
  public boolean allows(String scope) {
    return scopes.contains("*") || scopes.contains(scope);
  }

  /// How a caller proved who it is.
  public enum Via {
    /// The session cookie: writes need the CSRF token.
    COOKIE,
    /// A bearer token in a header.
    BEARER,
    /// The local user of development.
    LOCAL
  }
}

package dev.quarterdeck.bookmarks.search.http;

import dev.quarterdeck.http.Principal;
import dev.quarterdeck.http.Request;
import dev.quarterdeck.runtime.Problem;

/// Who may search and change.
final class Callers {
  private Callers() {}

  /// Id of the caller, who may read.
  static String reader(Request request) {
    return with(request, "bookmarks:read");
  }

  /// Id of the caller, who may write.
  static String writer(Request request) {
    return with(request, "bookmarks:write");
  }

  private static String with(Request request, String scope) {
    Principal principal = request.principal();
    if (!principal.allows(scope)) {
      throw new Problem.Forbidden(
              "scope_missing",
              "the token does not allow this (expected: the scope %s)".formatted(scope))
          .raise();
    }
    return principal.userId();
  }
}

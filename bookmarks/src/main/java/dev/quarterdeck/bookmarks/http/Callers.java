package dev.quarterdeck.bookmarks.http;

import dev.quarterdeck.http.Principal;
import dev.quarterdeck.http.Request;
import dev.quarterdeck.runtime.Problem;

/// Who may do what with bookmarks. What belongs to others does not exist, for administrators too.
final class Callers {
  private static final String READ = "bookmarks:read";
  private static final String WRITE = "bookmarks:write";

  private Callers() {}

  /// Id of the caller, who may read.
  static String reader(Request request) {
    return with(request, READ);
  }

  /// Id of the caller, who may write.
  static String writer(Request request) {
    return with(request, WRITE);
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

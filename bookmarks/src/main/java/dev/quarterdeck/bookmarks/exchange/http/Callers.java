package dev.quarterdeck.bookmarks.exchange.http;

import dev.quarterdeck.http.Request;
import dev.quarterdeck.runtime.Problem;

/// Who calls, and whether the token allows it.
final class Callers {
  private Callers() {}

  static String reader(Request request) {
    return with(request, "bookmarks:read");
  }

  static String writer(Request request) {
    return with(request, "bookmarks:write");
  }

  private static String with(Request request, String scope) {
    if (!request.principal().allows(scope)) {
      throw new Problem.Forbidden(
              "scope_missing", "The API token lacks the scope %s".formatted(scope))
          .raise();
    }
    return request.principal().userId();
  }
}

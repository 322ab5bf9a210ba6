package dev.quarterdeck.bookmarks.linkding;

import dev.quarterdeck.http.Route;
import dev.quarterdeck.http.Route.Method;

/// Rows with what all routes of linkding's API have in common.
final class Rows {
  /// Where everything of linkding lies.
  static final String ROOT = "/linkding";

  static final String API = ROOT + "/api";

  private Rows() {}

  static Route of(Method method, String path, String summary, Route.Handler handler) {
    return Route.of(method, API + path, summary, handler).family(Route.Family.LINKDING);
  }

  static Route open(String path, String summary, Route.Handler handler) {
    return Route.of(Method.GET, ROOT + path, summary, handler)
        .family(Route.Family.LINKDING)
        .access(Route.Access.OPEN);
  }
}

package dev.quarterdeck.bookmarks.http;

import dev.quarterdeck.http.Route;
import dev.quarterdeck.http.Route.Access;
import dev.quarterdeck.http.Route.Family;
import dev.quarterdeck.http.Route.Method;

/// What the rows of the seed's API have in common.
final class SeedRoutes {
  private SeedRoutes() {}

  static Route row(Method method, String path, String summary, Route.Handler handler) {
    return Route.of(method, path, summary, handler)
        .access(Access.LOCAL_USER)
        .family(Family.BOOKMARKS);
  }
}

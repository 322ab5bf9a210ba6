package dev.quarterdeck.bookmarks.http;

import dev.quarterdeck.http.Route;
import dev.quarterdeck.http.Route.Access;
import dev.quarterdeck.http.Route.Method;

/// What the rows of our own API have in common.
final class V1 {
  static final String ROOT = "/api/v1/bookmarks";

  private V1() {}

  /// @param path below `/api/v1/bookmarks`
  static Route row(Method method, String path, String summary, Route.Handler handler) {
    return Route.of(method, ROOT + path, summary, handler).access(Access.LOCAL_USER);
  }
}

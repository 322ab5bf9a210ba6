package dev.quarterdeck.production.http;

import dev.quarterdeck.http.Request;
import dev.quarterdeck.http.Response;
import dev.quarterdeck.http.Route;
import dev.quarterdeck.http.Route.Access;
import dev.quarterdeck.http.Route.Family;
import dev.quarterdeck.http.Route.Method;
import dev.quarterdeck.production.Production;
import dev.quarterdeck.production.ProductionSlice;
import dev.quarterdeck.production.SourceProblems;
import dev.quarterdeck.production.source.SourceException;
import dev.quarterdeck.runtime.Problem;

/// Makes rows of the route table whose handlers have the production state at hand.
final class Rows {
  static final String SCOPE = "production:read";

  /// A request holds names, never files.
  private static final long BODY_LIMIT = 4_000_000;

  private final ProductionSlice slice;

  Rows(ProductionSlice slice) {
    this.slice = slice;
  }

  /// A documented route, with its family's errors.
  Route post(String path, String summary, String request, String response, Answering handler) {
    return row(Method.POST, path, summary, handler)
        .family(Family.PRODUCTION)
        .schemas(request, response);
  }

  /// A route of our own.
  Route get(String path, String summary, String response, Answering handler) {
    return row(Method.GET, path, summary, handler).schemas("", response);
  }

  Route row(Method method, String path, String summary, Answering handler) {
    return Route.of(method, path, summary, request -> answer(request, handler))
        .access(Access.LOCAL_USER)
        .bodyLimit(BODY_LIMIT);
  }

  private Response answer(Request request, Answering handler) {
    if (!request.principal().allows(SCOPE)) {
      throw new Problem.Forbidden(
              "scope_missing", "the token does not allow this (expected: the scope " + SCOPE + ")")
          .raise();
    }
    try {
      return handler.answer(request, slice.production());
    } catch (SourceException failed) {
      throw SourceProblems.of(failed.fault()).raise();
    }
  }

  /// Answers a request.
  @FunctionalInterface
  interface Answering {
    Response answer(Request request, Production production);
  }
}

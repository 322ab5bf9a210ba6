package dev.quarterdeck.http;

import java.util.Objects;

/// One row of the route table: which requests it takes, who may send them, what is read and
/// answered, and what answers. Everything that the server enforces, and everything that the OpenAPI
/// document says, comes from these rows.
///
/// @param method the HTTP method
/// @param pattern path with names in braces: `/api/v1/executions/{execution_id}/result`
/// @param access who may call
/// @param family how errors look
/// @param bodyLimit greatest number of bytes of the body
/// @param admission whether a request takes one of the places (`WEB_CONCURRENCY` × `WEB_THREADS`)
/// @param rateClass whether the rate limit counts it
/// @param summary one sentence for the documentation
/// @param requestSchema name of the body's schema, empty when there is no JSON body
/// @param responseSchema name of the answer's schema, empty when it is not JSON
/// @param successStatus the status of a good answer
public record Route(
    Method method,
    String pattern,
    Access access,
    Family family,
    long bodyLimit,
    Admission admission,
    RateClass rateClass,
    String summary,
    String requestSchema,
    String responseSchema,
    int successStatus,
    Handler handler) {

  /// Body limit of a route that names none: 10 MB.
  public static final long DEFAULT_BODY_LIMIT = 10_000_000;

  public Route {
    Objects.requireNonNull(handler);
    if (!pattern.startsWith("/")) {
      throw new IllegalArgumentException(pattern + ": a pattern starts with /");
    }
  }

  /// A route with the usual properties: a login, the `/api/v1` errors, 10 MB, one place, counted.
  public static Route of(Method method, String pattern, String summary, Handler handler) {
    return new Route(
        method,
        pattern,
        Access.USER,
        Family.V1,
        DEFAULT_BODY_LIMIT,
        Admission.PLACE,
        RateClass.COUNTED,
        summary,
        "",
        "",
        200,
        handler);
  }

  public Route access(Access value) {
    return new Route(
        method,
        pattern,
        value,
        family,
        bodyLimit,
        admission,
        rateClass,
        summary,
        requestSchema,
        responseSchema,
        successStatus,
        handler);
  }

  public Route family(Family value) {
    return new Route(
        method,
        pattern,
        access,
        value,
        bodyLimit,
        admission,
        rateClass,
        summary,
        requestSchema,
        responseSchema,
        successStatus,
        handler);
  }

  public Route bodyLimit(long value) {
    return new Route(
        method,
        pattern,
        access,
        family,
        value,
        admission,
        rateClass,
        summary,
        requestSchema,
        responseSchema,
        successStatus,
        handler);
  }

  public Route admission(Admission value) {
    return new Route(
        method,
        pattern,
        access,
        family,
        bodyLimit,
        value,
        rateClass,
        summary,
        requestSchema,
        responseSchema,
        successStatus,
        handler);
  }

  public Route rateClass(RateClass value) {
    return new Route(
        method,
        pattern,
        access,
        family,
        bodyLimit,
        admission,
        value,
        summary,
        requestSchema,
        responseSchema,
        successStatus,
        handler);
  }

  /// Names the schemas of the body and of a good answer, as in the OpenAPI document.
  public Route schemas(String request, String response) {
    return new Route(
        method,
        pattern,
        access,
        family,
        bodyLimit,
        admission,
        rateClass,
        summary,
        request,
        response,
        successStatus,
        handler);
  }

  public Route successStatus(int value) {
    return new Route(
        method,
        pattern,
        access,
        family,
        bodyLimit,
        admission,
        rateClass,
        summary,
        requestSchema,
        responseSchema,
        value,
        handler);
  }

  /// The HTTP methods in use.
  public enum Method {
    GET,
    POST,
    PUT,
    PATCH,
    DELETE
  }

  /// Who may call a route.
  public enum Access {
    /// Everybody.
    OPEN,
    /// Whoever is logged in.
    USER,
    /// Administrators.
    ADMIN,
    /// Whoever is logged in; in development also the local user without credentials, from loopback.
    LOCAL_USER
  }

  /// Whether a request takes a place among those handled at once.
  public enum Admission {
    /// It does, for as long as it is handled, except while it waits inside [Request#waiting].
    PLACE,
    /// It does not: streams, static files, health checks.
    FREE
  }

  /// Whether the rate limit counts a request.
  public enum RateClass {
    COUNTED,
    EXEMPT
  }

  /// How errors look.
  public enum Family {
    /// `{"detail", "type", "code"}`; 422 with a list of violations.
    V1,
    /// `{"error"}`.
    BOOKMARKS,
    /// `{"success": false, "error"}`.
    PRODUCTION,
    /// A page for a person.
    PAGE
  }

  /// Answers requests. Runs on a virtual thread and may block. A [dev.quarterdeck.runtime.Problem]
  /// raised becomes the family's error; anything else thrown is logged and becomes a 500.
  @FunctionalInterface
  public interface Handler {
    Response handle(Request request) throws Exception;
  }
}

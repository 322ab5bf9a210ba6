package dev.quarterdeck.http;

import dev.quarterdeck.runtime.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The table of errors: which problem has which status and type, and how each family of routes
/// shows it.
final class ErrorTable {
  private ErrorTable() {}

  /// The status and the stable type name of a problem.
  record Kind(int status, String type) {}

  static Kind kind(Problem problem) {
    return switch (problem) {
      case Problem.BadRequest p -> new Kind(400, "BadRequestError");
      case Problem.InvalidState p -> new Kind(400, "InvalidStateError");
      case Problem.Unauthenticated p -> new Kind(401, "UnauthorizedError");
      case Problem.Forbidden p -> new Kind(403, "ForbiddenError");
      case Problem.NotFound p -> new Kind(404, "NotFoundError");
      case Problem.MethodNotAllowed p -> new Kind(405, "MethodNotAllowedError");
      case Problem.Conflict p -> new Kind(409, "ConflictError");
      case Problem.PreconditionFailed p -> new Kind(412, "PreconditionFailedError");
      case Problem.PreconditionRequired p -> new Kind(428, "PreconditionRequiredError");
      case Problem.TooLarge p -> new Kind(413, "PayloadTooLargeError");
      case Problem.UnsupportedMedia p -> new Kind(415, "UnsupportedMediaTypeError");
      case Problem.Invalid p -> new Kind(422, "ValidationError");
      case Problem.Locked p -> new Kind(423, "AccountLockedError");
      case Problem.Throttled p -> new Kind(429, "ThrottledError");
      case Problem.Internal p -> new Kind(500, "InfrastructureError");
      case Problem.Unavailable p -> new Kind(503, "UnavailableError");
    };
  }

  /// The answer to a request that failed.
  static Response response(Problem problem, Route.Family family) {
    Kind kind = kind(problem);
    Response response =
        switch (family) {
          case V1 -> Response.json(kind.status, v1(problem, kind));
          case BOOKMARKS -> Response.json(kind.status, Map.of("error", problem.detail()));
          case PRODUCTION -> Response.json(kind.status, production(problem));
          case PISTON ->
              Response.json(
                  kind.status == 422 ? 400 : kind.status, Map.of("message", problem.detail()));
          case LINKDING -> LinkdingErrors.response(problem, kind.status);
          case PAGE -> Response.html(page(problem, kind)).status(kind.status);
        };
    if (problem instanceof Problem.MethodNotAllowed wrong) {
      return response.header("Allow", String.join(", ", wrong.allowed()));
    }
    if (problem instanceof Problem.Unauthenticated) {
      return response.header(
          "WWW-Authenticate", family == Route.Family.LINKDING ? "Token" : "Bearer");
    }
    return retryAfter(problem)
        .map(wait -> response.header("Retry-After", seconds(wait)))
        .orElse(response);
  }

  private static Optional<Duration> retryAfter(Problem problem) {
    if (problem instanceof Problem.Locked locked) {
      return Optional.of(locked.retryAfter());
    }
    if (problem instanceof Problem.Throttled throttled) {
      return Optional.of(throttled.retryAfter());
    }
    return problem instanceof Problem.Unavailable unavailable
        ? Optional.of(unavailable.retryAfter())
        : Optional.empty();
  }

  /// Whole seconds, rounded up, at least one.
  static String seconds(Duration duration) {
    return Long.toString(Math.max(1, duration.plusMillis(999).toSeconds()));
  }

  private static Map<String, Object> v1(Problem problem, Kind kind) {
    Map<String, Object> body = new LinkedHashMap<>();
    if (problem instanceof Problem.Invalid invalid) {
      body.put("detail", violations(invalid));
    } else {
      body.put("detail", problem.detail());
    }
    body.put("type", kind.type);
    body.put("code", problem.code());
    if (problem instanceof Problem.Throttled throttled) {
      body.put("retry_after", Long.parseLong(seconds(throttled.retryAfter())));
      body.put("reset_at", Instant.now().plus(throttled.retryAfter()));
    }
    return body;
  }

  private static List<Map<String, Object>> violations(Problem.Invalid invalid) {
    List<Problem.Violation> violations = invalid.violations();
    if (violations.isEmpty()) {
      violations =
          List.of(new Problem.Violation(List.of("body"), invalid.detail(), invalid.code()));
    }
    return violations.stream().map(ErrorTable::violation).toList();
  }

  private static Map<String, Object> violation(Problem.Violation violation) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("loc", violation.location());
    shown.put("msg", violation.message());
    shown.put("type", violation.type());
    return shown;
  }

  private static Map<String, Object> production(Problem problem) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("success", false);
    body.put("error", problem.detail());
    return body;
  }

  private static String page(Problem problem, Kind kind) {
    return """
    <!doctype html>
    <html lang="en">
    <head><meta charset="utf-8"><title>%d · Quarterdeck</title></head>
    <body><h1>%d</h1><p>%s</p><p><a href="/">Quarterdeck</a></p></body>
    </html>
    """
        .formatted(kind.status, kind.status, escape(problem.detail()));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}

package dev.quarterdeck.runtime;

import java.time.Duration;
import java.util.List;

/// What went wrong, for a caller who can act on it. The kind decides the HTTP status; the code is
/// stable and belongs to the slice that raises it; the detail says what, where, why and what to do.
public sealed interface Problem {
  /// Stable name of the cause, in snake case.
  String code();

  /// The message for a person.
  String detail();

  /// The same request can never succeed: 400.
  record BadRequest(String code, String detail) implements Problem {}

  /// Parts of the request break the rules, each listed: 422.
  record Invalid(String code, String detail, List<Violation> violations) implements Problem {
    public Invalid {
      violations = List.copyOf(violations);
    }
  }

  /// Nobody is logged in, or the credentials are wrong: 401.
  record Unauthenticated(String code, String detail) implements Problem {}

  /// The caller is known and may not: 403.
  record Forbidden(String code, String detail) implements Problem {}

  /// There is no such thing, or none that the caller may see: 404.
  record NotFound(String code, String detail) implements Problem {}

  /// The method does not exist at this address: 405.
  record MethodNotAllowed(String code, String detail, List<String> allowed) implements Problem {
    public MethodNotAllowed {
      allowed = List.copyOf(allowed);
    }
  }

  /// Another write came first, or the thing exists already: 409.
  record Conflict(String code, String detail) implements Problem {}

  /// The thing is not the one that the caller has read: 412.
  record PreconditionFailed(String code, String detail) implements Problem {}

  /// The caller must say which version it has read: 428.
  record PreconditionRequired(String code, String detail) implements Problem {}

  /// The thing is not in a state that allows this: 400.
  record InvalidState(String code, String detail) implements Problem {}

  /// The body is larger than the route accepts: 413.
  record TooLarge(String code, String detail) implements Problem {}

  /// The body's type is not one the route reads: 415.
  record UnsupportedMedia(String code, String detail) implements Problem {}

  /// The account is locked for a while: 423.
  record Locked(String code, String detail, Duration retryAfter) implements Problem {}

  /// Too many requests: 429.
  record Throttled(String code, String detail, Duration retryAfter) implements Problem {}

  /// The service cannot answer now, and may later: 503.
  record Unavailable(String code, String detail, Duration retryAfter) implements Problem {}

  /// A fault of ours: 500. The detail never shows internals.
  record Internal(String code, String detail) implements Problem {}

  /// One broken rule of a request.
  ///
  /// @param location where, from the outside in: `body`, `lang_version`
  /// @param message what was expected
  /// @param type stable name of the rule
  record Violation(List<Object> location, String message, String type) {
    public Violation {
      location = List.copyOf(location);
    }
  }

  /// This problem as an exception.
  default ProblemException raise() {
    return new ProblemException(this);
  }
}

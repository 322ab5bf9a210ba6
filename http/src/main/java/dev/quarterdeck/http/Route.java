package dev.quarterdeck.http;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

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
/// @param mediaType what a good answer is when it is not JSON, empty when it has no body
/// @param successStatus the status of a good answer
/// @param uploads where the body goes, into a file of its own, instead of into memory
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
    String mediaType,
    int successStatus,
    Optional<Path> uploads,
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
        "",
        200,
        Optional.empty(),
        handler);
  }

  public Route access(Access value) {
    return with(draft -> draft.access = value);
  }

  public Route family(Family value) {
    return with(draft -> draft.family = value);
  }

  public Route bodyLimit(long value) {
    return with(draft -> draft.bodyLimit = value);
  }

  public Route admission(Admission value) {
    return with(draft -> draft.admission = value);
  }

  public Route rateClass(RateClass value) {
    return with(draft -> draft.rateClass = value);
  }

  /// Names the schemas of the body and of a good answer, as in the OpenAPI document.
  public Route schemas(String request, String response) {
    return with(
        draft -> {
          draft.requestSchema = request;
          draft.responseSchema = response;
        });
  }

  /// Names what a good answer is when it is not JSON, for the OpenAPI document: `text/csv`.
  public Route answers(String value) {
    return with(draft -> draft.mediaType = value);
  }

  public Route successStatus(int value) {
    return with(draft -> draft.successStatus = value);
  }

  /// The body goes into a file in this directory, which must exist: see [Request#bodyFile]. A
  /// client that sends steadily has all the time that it needs.
  public Route uploadsTo(Path directory) {
    return with(draft -> draft.uploads = Optional.of(directory));
  }

  private Route with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return new Route(
        method,
        pattern,
        draft.access,
        draft.family,
        draft.bodyLimit,
        draft.admission,
        draft.rateClass,
        summary,
        draft.requestSchema,
        draft.responseSchema,
        draft.mediaType,
        draft.successStatus,
        draft.uploads,
        handler);
  }

  /// What may change of a row while it is declared.
  private static final class Draft {
    private Access access;
    private Family family;
    private long bodyLimit;
    private Admission admission;
    private RateClass rateClass;
    private String requestSchema;
    private String responseSchema;
    private String mediaType;
    private int successStatus;
    private Optional<Path> uploads;

    Draft(Route from) {
      access = from.access;
      family = from.family;
      bodyLimit = from.bodyLimit;
      admission = from.admission;
      rateClass = from.rateClass;
      requestSchema = from.requestSchema;
      responseSchema = from.responseSchema;
      mediaType = from.mediaType;
      successStatus = from.successStatus;
      uploads = from.uploads;
    }
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
    /// `{"message"}`, as Piston answers; what others refuse with 422 is a 400.
    PISTON,
    /// linkding's: `{"detail"}`; 400 with the messages of each field.
    LINKDING,
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

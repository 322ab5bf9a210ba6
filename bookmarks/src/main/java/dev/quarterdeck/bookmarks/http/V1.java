package dev.quarterdeck.bookmarks.http;

import dev.quarterdeck.bookmarks.BookmarkSettings;
import dev.quarterdeck.http.Request;
import dev.quarterdeck.http.Response;
import dev.quarterdeck.http.Route;
import dev.quarterdeck.http.Route.Access;
import dev.quarterdeck.http.Route.Method;
import dev.quarterdeck.runtime.Problem;
import dev.quarterdeck.runtime.ProblemException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the rows of our own API have in common.
final class V1 {
  static final String ROOT = "/api/v1/bookmarks";
  private static final Pattern TAG = Pattern.compile("\"(\\d{1,18})\"");
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7E]{1,255}");

  private V1() {}

  /// @param path below `/api/v1/bookmarks`
  static Route row(Method method, String path, String summary, Route.Handler handler) {
    return Route.of(method, ROOT + path, summary, handler).access(Access.LOCAL_USER);
  }

  /// The `limit` of the query: PAGE_SIZE unless said otherwise, at most MAX_PAGE_SIZE.
  static int limit(Request request, BookmarkSettings settings) {
    return request.queryInt("limit", settings.pageSize(), 1, settings.maxPageSize());
  }

  static String etag(long version) {
    return "\"" + version + "\"";
  }

  /// The version that `If-Match` names; empty when any will do.
  ///
  /// @param required whether a request without the header is refused with 428
  static OptionalLong ifMatch(Request request, boolean required) {
    Optional<String> header = request.header("If-Match");
    if (header.isEmpty()) {
      if (required) {
        throw new Problem.PreconditionRequired(
                "if_match_required",
                "If-Match is missing (expected: the ETag of the bookmark as you read it, or *)")
            .raise();
      }
      return OptionalLong.empty();
    }
    String text = header.get().strip();
    if (text.equals("*")) {
      return OptionalLong.empty();
    }
    Matcher matcher = TAG.matcher(text);
    if (!matcher.matches()) {
      throw new Problem.PreconditionFailed(
              "if_match_unknown", "If-Match: not an ETag of ours (expected: one like \"3\", or *)")
          .raise();
    }
    return OptionalLong.of(Long.parseLong(matcher.group(1)));
  }

  /// Does what `If-Match` guards: another version is a 412.
  static <T> T guarded(Supplier<T> work) {
    try {
      return work.get();
    } catch (ProblemException refused) {
      if (refused.problem() instanceof Problem.Conflict conflict
          && conflict.code().equals("version_conflict")) {
        throw new Problem.PreconditionFailed(conflict.code(), conflict.detail()).raise();
      }
      throw refused;
    }
  }

  static boolean unchanged(Request request, long version) {
    return request
        .header("If-None-Match")
        .filter(text -> List.of(text.split("\\s*,\\s*", -1)).contains(etag(version)))
        .isPresent();
  }

  static Response notModified(long version) {
    return Response.noContent().status(304).header("ETag", etag(version));
  }

  /// What the caller calls the request.
  static Optional<String> key(Request request) {
    Optional<String> key = request.header("Idempotency-Key");
    if (key.isPresent() && !KEY.matcher(key.get()).matches()) {
      String message = "expected: 1 to 255 printable ASCII characters without spaces";
      throw invalid("header", "Idempotency-Key", message, "idempotency_key_invalid");
    }
    return key;
  }

  /// A broken rule outside the body: 422.
  static ProblemException invalid(String where, String name, String message, String code) {
    return new Problem.Invalid(
            code,
            name + ": " + message,
            List.of(new Problem.Violation(List.of(where, name), message, code)))
        .raise();
  }
}

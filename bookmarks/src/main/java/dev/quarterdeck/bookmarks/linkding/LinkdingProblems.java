package dev.quarterdeck.bookmarks.linkding;

import dev.quarterdeck.http.Request;
import dev.quarterdeck.runtime.Problem;
import dev.quarterdeck.runtime.ProblemException;
import java.util.List;
import java.util.regex.Pattern;

/// Callers and their mistakes, in linkding's words.
final class LinkdingProblems {
  static final String REQUIRED = "This field is required.";
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");

  private LinkdingProblems() {}

  static String reader(Request request) {
    return with(request, "bookmarks:read");
  }

  static String writer(Request request) {
    return with(request, "bookmarks:write");
  }

  private static String with(Request request, String scope) {
    if (!request.principal().allows(scope)) {
      throw new Problem.Forbidden(
              "scope_missing", "The token does not allow this (expected: the scope " + scope + ").")
          .raise();
    }
    return request.principal().userId();
  }

  /// The number in the path; 0, which nothing has, when it is none.
  static int number(Request request, String name) {
    String text = request.pathValue(name);
    if (!NUMBER.matcher(text).matches() || Long.parseLong(text) > Integer.MAX_VALUE) {
      return 0;
    }
    return Integer.parseInt(text);
  }

  /// @param what `Bookmark`, `Tag`
  static ProblemException missing(String what) {
    return new Problem.NotFound("not_found", "No %s matches the given query.".formatted(what))
        .raise();
  }

  /// One field is wrong.
  static ProblemException field(String name, String message) {
    return new Problem.Invalid(
            "field_invalid",
            name + ": " + message,
            List.of(new Problem.Violation(List.of("body", name), message, "invalid")))
        .raise();
  }
}

package dev.quarterdeck.http;

import dev.quarterdeck.runtime.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How linkding shows errors: `{"detail"}`, and for broken fields 400 with each field's messages.
final class LinkdingErrors {
  private LinkdingErrors() {}

  static Response response(Problem problem, int status) {
    return switch (problem) {
      case Problem.Invalid invalid -> Response.json(400, invalid(invalid));
      case Problem.Unauthenticated refused ->
          Response.json(
              status,
              detail(
                  refused.code().equals("not_authenticated")
                      ? "Authentication credentials were not provided."
                      : "Invalid token."));
      default -> Response.json(status, detail(problem.detail()));
    };
  }

  private static Map<String, Object> invalid(Problem.Invalid invalid) {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    for (Problem.Violation violation : invalid.violations()) {
      List<Object> location = violation.location();
      if (location.size() > 1 && location.get(1) instanceof String field) {
        fields.computeIfAbsent(field, _ -> new ArrayList<>()).add(violation.message());
      }
    }
    return fields.isEmpty() ? detail(invalid.detail()) : new LinkedHashMap<>(fields);
  }

  private static Map<String, Object> detail(String text) {
    return Map.of("detail", text);
  }
}

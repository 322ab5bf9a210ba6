package dev.quarterdeck.executions.http;

import dev.quarterdeck.executions.ExecutionStatus;
import dev.quarterdeck.executions.Executions;
import dev.quarterdeck.executions.Filter;
import dev.quarterdeck.executions.Language;
import dev.quarterdeck.executions.PodSettings;
import dev.quarterdeck.http.Principal;
import dev.quarterdeck.http.Request;
import dev.quarterdeck.http.Response;
import dev.quarterdeck.http.Route;
import dev.quarterdeck.http.Route.Method;
import dev.quarterdeck.runtime.Problem;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// The caller's own executions, and what this host offers.
final class CatalogueRoutes {
  private static final int MAX_LIMIT = 200;
  private static final int MAX_SKIP = 100_000;

  private final Executions executions;
  private final ResultView results;

  CatalogueRoutes(Executions executions) {
    this.executions = executions;
    this.results = new ResultView(executions);
  }

  List<Route> routes() {
    return List.of(
        Route.of(
                Method.GET,
                "/api/v1/user/executions",
                "The caller's executions, newest first.",
                this::own)
            .schemas("", "ExecutionListResponse"),
        Route.of(
                Method.GET,
                "/api/v1/example-scripts",
                "A short program in each language of this host.",
                ignored -> Response.json(Map.of("scripts", examples())))
            .access(Route.Access.OPEN)
            .schemas("", "ExampleScripts"),
        Route.of(
                Method.GET,
                "/api/v1/k8s-limits",
                "What a program may use, and the languages of this host.",
                ignored -> Response.json(limits()))
            .access(Route.Access.OPEN)
            .schemas("", "ResourceLimits"));
  }

  private Response own(Request request) {
    Principal caller = Callers.with(request, Callers.READ);
    int limit = request.queryInt("limit", 50, 1, MAX_LIMIT);
    int skip = request.queryInt("skip", 0, 0, MAX_SKIP);
    Filter filter =
        new Filter(
            caller.userId(),
            given(request, "status").map(CatalogueRoutes::status),
            given(request, "lang"),
            given(request, "start_time").map(text -> time("start_time", text)),
            given(request, "end_time").map(text -> time("end_time", text)));
    Executions.Listing listing = executions.list(filter, skip, limit);
    List<ObjectNode> shown = listing.executions().stream().map(results::listed).toList();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("executions", shown);
    answer.put("total", listing.total());
    answer.put("limit", limit);
    answer.put("skip", skip);
    answer.put("has_more", skip + (long) shown.size() < listing.total());
    return Response.json(answer);
  }

  private static Optional<String> given(Request request, String name) {
    return request.query(name).filter(value -> !value.isEmpty());
  }

  private static ExecutionStatus status(String text) {
    return ExecutionStatus.of(text)
        .orElseThrow(
            () ->
                invalid(
                    "status",
                    "expected one of: queued, scheduled, running, completed, failed, timeout,"
                        + " cancelled, error"));
  }

  private static Instant time(String name, String text) {
    OffsetDateTime time = parsed(name, text.replace(' ', '+'));
    if (time.getYear() < 0 || time.getYear() > 9999) {
      throw invalid(name, "expected: a year from 0000 to 9999");
    }
    return time.toInstant();
  }

  private static OffsetDateTime parsed(String name, String iso) {
    try {
      return OffsetDateTime.parse(iso);
    } catch (DateTimeParseException withoutOffset) {
      try {
        return LocalDateTime.parse(iso).atOffset(ZoneOffset.UTC);
      } catch (DateTimeParseException wrong) {
        throw invalid(name, "expected: a time in ISO 8601, as 2026-01-31T12:00:00Z");
      }
    }
  }

  private static RuntimeException invalid(String name, String message) {
    return new Problem.Invalid(
            "query_invalid",
            name + ": " + message,
            List.of(new Problem.Violation(List.of("query", name), message, "value_error")))
        .raise();
  }

  private Map<String, String> examples() {
    Map<String, String> examples = new LinkedHashMap<>();
    for (Language language : executions.languages().active()) {
      examples.put(language.name(), language.example());
    }
    return examples;
  }

  private Map<String, Object> limits() {
    PodSettings pod = executions.pod();
    Map<String, Object> runtimes = new LinkedHashMap<>();
    for (Language language : executions.languages().active()) {
      runtimes.put(
          language.name(),
          Map.of("versions", language.versions(), "file_ext", language.fileExtension()));
    }
    Map<String, Object> limits = new LinkedHashMap<>();
    limits.put("cpu_limit", pod.podCpuLimit().text());
    limits.put("memory_limit", pod.podMemoryLimit().text());
    limits.put("cpu_request", pod.podCpuRequest().text());
    limits.put("memory_request", pod.podMemoryRequest().text());
    limits.put("execution_timeout", Math.max(1, pod.podExecutionTimeout().toSeconds()));
    limits.put("supported_runtimes", runtimes);
    return limits;
  }
}

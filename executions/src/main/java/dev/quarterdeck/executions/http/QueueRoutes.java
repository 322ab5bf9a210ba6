package dev.quarterdeck.executions.http;

import dev.quarterdeck.executions.Executions;
import dev.quarterdeck.http.Response;
import dev.quarterdeck.http.Route;
import dev.quarterdeck.http.Route.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What waits and what runs, for administrators.
final class QueueRoutes {
  private final Executions executions;

  QueueRoutes(Executions executions) {
    this.executions = executions;
  }

  List<Route> routes() {
    return List.of(
        Route.of(
                Method.GET,
                "/api/v1/admin/executions/queue",
                "How many executions wait and run, and how many may run at once.",
                ignored -> Response.json(status()))
            .access(Route.Access.ADMIN)
            .schemas("", "QueueStatusResponse"),
        Route.of(
                Method.GET,
                "/metrics",
                "Counts and amounts of executions, in Prometheus' text format.",
                ignored -> Response.text("text/plain; version=0.0.4; charset=utf-8", metrics()))
            .access(Route.Access.ADMIN)
            .admission(Route.Admission.FREE)
            .rateClass(Route.RateClass.EXEMPT));
  }

  private String metrics() {
    StringBuilder text = new StringBuilder();
    executions
        .counters()
        .forEach(
            (name, value) -> {
              String type = name.endsWith("_total") ? "counter" : "gauge";
              text.append("# TYPE quarterdeck_executions_").append(name).append(' ').append(type);
              text.append("\nquarterdeck_executions_").append(name).append(' ').append(value);
              text.append('\n');
            });
    return text.toString();
  }

  private Map<String, Object> status() {
    Executions.Health health = executions.health();
    Map<String, Integer> byPriority = new LinkedHashMap<>();
    executions.waiting().forEach((priority, count) -> byPriority.put(priority.text(), count));
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("queue_depth", byPriority.values().stream().mapToInt(Integer::intValue).sum());
    status.put("active_count", health.slotsInUse());
    status.put("max_concurrent", health.slots());
    status.put("by_priority", byPriority);
    return status;
  }
}

package dev.quarterdeck.executions.http;

import dev.quarterdeck.executions.Execution;
import dev.quarterdeck.executions.Executions;
import dev.quarterdeck.executions.Step;
import dev.quarterdeck.http.Request;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The events of an execution as a list, each with the program or the output that belongs to it.
final class EventList {
  private static final Set<String> WITH_OUTPUT =
      Set.of("execution_completed", "execution_failed", "execution_timeout");

  private final Executions executions;
  private final ResultView results;

  EventList(Executions executions) {
    this.executions = executions;
    this.results = new ResultView(executions);
  }

  /// Those that the request asks for: `event_types` (any number of times) and `limit`.
  List<ObjectNode> of(Execution execution, Request request) {
    int limit = request.queryInt("limit", 100, 1, 1000);
    Set<String> types = Set.copyOf(request.queryAll("event_types"));
    return execution.history().stream()
        .filter(step -> types.isEmpty() || types.contains(step.type()))
        .limit(limit)
        .map(step -> event(execution, step))
        .toList();
  }

  private ObjectNode event(Execution execution, Step step) {
    ObjectNode event = executions.events().envelope(execution, step).toJson();
    if (step.type().equals(Step.REQUESTED)) {
      event.put("script", execution.program().source());
      event.put("timeout_seconds", executions.pod().podExecutionTimeout().toSeconds());
      event.put("cpu_limit", executions.pod().podCpuLimit().text());
      event.put("cpu_request", executions.pod().podCpuRequest().text());
      event.put("memory_limit", executions.pod().podMemoryLimit().text());
      event.put("memory_request", executions.pod().podMemoryRequest().text());
    }
    if (WITH_OUTPUT.contains(step.type())) {
      JsonNode result = results.whole(execution);
      event.set("stdout", result.get("stdout"));
      event.set("stderr", result.get("stderr"));
    }
    return event;
  }
}

package dev.quarterdeck.executions.http;

import dev.quarterdeck.executions.Execution;
import dev.quarterdeck.executions.ExecutionState.Finished;
import dev.quarterdeck.executions.ExecutionState.Queued;
import dev.quarterdeck.executions.ExecutionState.Running;
import dev.quarterdeck.executions.Executions;
import dev.quarterdeck.executions.Verdict;
import dev.quarterdeck.executions.VerdictMapping;
import dev.quarterdeck.http.Principal;
import dev.quarterdeck.http.Request;
import dev.quarterdeck.http.Response;
import dev.quarterdeck.http.Route;
import dev.quarterdeck.http.Route.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The saga of an execution as the documented API shows it. There is one for each execution, with
/// the same id: the execution's own states are its steps.
final class SagaRoutes {
  private static final String VALIDATE = "validate_execution";
  private static final String ALLOCATE = "allocate_resources";
  private static final String RUN = "create_pod";

  private final Executions executions;

  SagaRoutes(Executions executions) {
    this.executions = executions;
  }

  List<Route> routes() {
    return List.of(
        Route.of(
                Method.GET,
                "/api/v1/sagas/{saga_id}",
                "How the saga of an execution stands.",
                request -> Response.json(saga(find(request, "saga_id"))))
            .schemas("", "SagaStatusResponse"),
        Route.of(
                Method.GET,
                "/api/v1/sagas/execution/{execution_id}",
                "The saga of an execution, as a list of one.",
                this::ofExecution)
            .schemas("", "SagaListResponse"));
  }

  private Execution find(Request request, String name) {
    Principal caller = Callers.with(request, Callers.READ);
    return Callers.execution(executions, request.pathValue(name), caller);
  }

  private Response ofExecution(Request request) {
    ObjectNode saga = saga(find(request, "execution_id"));
    int limit = request.queryInt("limit", 100, 1, 1000);
    int skip = request.queryInt("skip", 0, 0, Integer.MAX_VALUE);
    boolean wanted =
        request
            .query("state")
            .map(state -> state.equals(saga.path("state").asString()))
            .orElse(true);
    List<ObjectNode> all = wanted ? List.of(saga) : List.of();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("sagas", skip == 0 ? all : List.of());
    answer.put("total", all.size());
    answer.put("skip", skip);
    answer.put("limit", limit);
    answer.put("has_more", false);
    return Response.json(answer);
  }

  private static ObjectNode saga(Execution execution) {
    ObjectNode saga = JsonNodeFactory.instance.objectNode();
    saga.put("saga_id", execution.id());
    saga.put("saga_name", "execution_saga");
    saga.put("execution_id", execution.id());
    List<String> completed = new ArrayList<>(List.of(VALIDATE));
    String current = null;
    String error = null;
    String completedAt = null;
    String state = "running";
    switch (execution.state()) {
      case Queued ignored -> current = ALLOCATE;
      case Running ignored -> {
        completed.add(ALLOCATE);
        current = RUN;
      }
      case Finished end -> {
        state = state(end.outcome().verdict());
        completedAt = end.finishedAt().toString();
        error = state.equals("completed") ? null : end.outcome().evidence();
        if (end.startedAt().isPresent()) {
          completed.addAll(List.of(ALLOCATE, RUN));
        }
      }
    }
    saga.put("state", state);
    text(saga, "current_step", current);
    ArrayNode steps = saga.putArray("completed_steps");
    completed.forEach(steps::add);
    saga.putArray("compensated_steps");
    text(saga, "error_message", error);
    saga.put("created_at", execution.createdAt().toString());
    saga.put("updated_at", execution.history().getLast().at().toString());
    text(saga, "completed_at", completedAt);
    saga.put("retry_count", execution.state().attempt() - 1);
    return saga;
  }

  private static String state(Verdict verdict) {
    return switch (VerdictMapping.of(verdict).status()) {
      case COMPLETED -> "completed";
      case TIMEOUT -> "timeout";
      case CANCELLED -> "cancelled";
      case QUEUED, SCHEDULED, RUNNING, FAILED, ERROR -> "failed";
    };
  }

  private static void text(ObjectNode saga, String name, @Nullable String value) {
    if (value == null) {
      saga.putNull(name);
    } else {
      saga.put(name, value);
    }
  }
}

package dev.quarterdeck.executions.http;

import dev.quarterdeck.executions.Cancelled;
import dev.quarterdeck.executions.Execution;
import dev.quarterdeck.executions.Executions;
import dev.quarterdeck.http.BodyFields;
import dev.quarterdeck.http.Principal;
import dev.quarterdeck.http.Request;
import dev.quarterdeck.http.Response;
import dev.quarterdeck.http.Route;
import dev.quarterdeck.http.Route.Method;
import java.util.List;
import java.util.Map;

/// Routes of one execution: its state, its result, its events; cancel and delete.
final class ExecutionRoutes {
  private static final int REASON_CHARACTERS = 1000;
  private static final String DEFAULT_REASON = "User requested cancellation";

  private final Executions executions;
  private final ResultView results;
  private final EventList events;

  ExecutionRoutes(Executions executions) {
    this.executions = executions;
    this.results = new ResultView(executions);
    this.events = new EventList(executions);
  }

  List<Route> routes() {
    return List.of(
        Route.of(
                Method.GET,
                "/api/v1/executions/{execution_id}",
                "How an execution stands, with the beginning of its output.",
                request -> Response.json(results.listed(readable(request))))
            .schemas("", "ExecutionResult"),
        Route.of(
                Method.GET,
                "/api/v1/executions/{execution_id}/result",
                "The result of an execution, whole; without output while it has not ended.",
                request -> Response.json(results.whole(readable(request))))
            .schemas("", "ExecutionResult"),
        Route.of(
                Method.GET,
                "/api/v1/executions/{execution_id}/events",
                "What happened to an execution.",
                request -> Response.json(events.of(readable(request), request)))
            .schemas("", "ExecutionEvents"),
        Route.of(
                Method.POST,
                "/api/v1/executions/{execution_id}/cancel",
                "Stops an execution.",
                this::cancel)
            .schemas("CancelExecutionRequest", "CancelResponse"),
        Route.of(
                Method.DELETE,
                "/api/v1/executions/{execution_id}",
                "Deletes an execution with its output; one that runs is stopped first.",
                this::delete)
            .access(Route.Access.ADMIN)
            .schemas("", "DeleteResponse"));
  }

  private Execution readable(Request request) {
    return Callers.execution(executions, request, Callers.with(request, Callers.READ));
  }

  private Response cancel(Request request) {
    Principal caller = Callers.with(request, Callers.WRITE);
    Execution execution = Callers.execution(executions, request, caller);
    Cancelled cancelled = executions.cancel(execution.id(), reason(request), caller.username());
    return Response.json(
        Map.of(
            "execution_id",
            execution.id(),
            "status",
            cancelled.already() ? "already_cancelled" : "cancellation_requested",
            "message",
            cancelled.message(),
            "event_id",
            cancelled.eventId()));
  }

  private static String reason(Request request) {
    if (request.body().length == 0) {
      return DEFAULT_REASON;
    }
    BodyFields body = BodyFields.of(request);
    String reason = body.string("reason", 0, REASON_CHARACTERS, DEFAULT_REASON);
    body.check();
    return reason;
  }

  private Response delete(Request request) throws Exception {
    Principal caller = Callers.with(request, Callers.WRITE);
    Execution execution = Callers.execution(executions, request, caller);
    request.waiting(
        () -> {
          executions.delete(execution.id(), caller.username());
          return execution;
        });
    return Response.json(Map.of("message", "Execution deleted", "execution_id", execution.id()));
  }
}

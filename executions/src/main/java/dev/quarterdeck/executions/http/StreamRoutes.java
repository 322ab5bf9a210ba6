package dev.quarterdeck.executions.http;

import dev.quarterdeck.executions.Execution;
import dev.quarterdeck.executions.Executions;
import dev.quarterdeck.executions.Position;
import dev.quarterdeck.executions.Step;
import dev.quarterdeck.http.Request;
import dev.quarterdeck.http.Response;
import dev.quarterdeck.http.Route;
import dev.quarterdeck.http.Route.Method;
import dev.quarterdeck.runtime.Problem;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The live stream of an execution.
final class StreamRoutes {
  private final Executions executions;
  private final ResultView results;
  private final InstantSource clock;

  StreamRoutes(Executions executions, InstantSource clock) {
    this.executions = executions;
    this.results = new ResultView(executions);
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.of(
                Method.GET,
                "/api/v1/events/executions/{execution_id}",
                "What happens to an execution, live, until its result; resumable by Last-Event-ID.",
                this::stream)
            .admission(Route.Admission.FREE)
            .rateClass(Route.RateClass.EXEMPT)
            .answers("text/event-stream"));
  }

  /// A client that already has the result, and asks again as browsers do when a stream ends, is
  /// told with 204 to stop asking.
  private Response stream(Request request) {
    Execution execution =
        Callers.execution(executions, request, Callers.with(request, Callers.READ));
    Position from = from(request);
    if (execution.finished().isPresent() && hasResult(execution, from)) {
      return Response.noContent();
    }
    return Response.events(
        sink -> executions.watch(execution.id(), from, new EventStream(sink, results, clock)));
  }

  private static boolean hasResult(Execution execution, Position from) {
    Step last = execution.history().getLast();
    return from.version() > last.version();
  }

  private static Position from(Request request) {
    Optional<String> text =
        request
            .header("Last-Event-ID")
            .filter(value -> !value.isBlank())
            .or(() -> request.query("last_event_id").filter(value -> !value.isBlank()));
    if (text.isEmpty()) {
      return Position.START;
    }
    String message = "expected: an id of this stream, version.attempt.frame";
    return Position.parse(text.get().strip())
        .orElseThrow(
            () ->
                new Problem.Invalid(
                        "last_event_id_invalid",
                        "Last-Event-ID: " + message,
                        List.of(
                            new Problem.Violation(
                                List.of("header", "Last-Event-ID"),
                                message,
                                "last_event_id_invalid")))
                    .raise());
  }
}

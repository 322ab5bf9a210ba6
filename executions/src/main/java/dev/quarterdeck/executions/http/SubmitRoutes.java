package dev.quarterdeck.executions.http;

import dev.quarterdeck.executions.Execution;
import dev.quarterdeck.executions.Executions;
import dev.quarterdeck.executions.Languages;
import dev.quarterdeck.executions.Owner;
import dev.quarterdeck.executions.Priority;
import dev.quarterdeck.executions.Program;
import dev.quarterdeck.http.BodyFields;
import dev.quarterdeck.http.Principal;
import dev.quarterdeck.http.Request;
import dev.quarterdeck.http.Response;
import dev.quarterdeck.http.Route;
import dev.quarterdeck.http.Route.Method;
import dev.quarterdeck.runtime.Problem;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Routes that start programs: `POST /execute` and `POST /executions/{id}/retry`.
final class SubmitRoutes {
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7E]{1,255}");
  private static final List<String> PRIORITIES =
      Arrays.stream(Priority.values()).map(Priority::text).toList();

  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

  private final Executions executions;
  private final ResultView results;

  SubmitRoutes(Executions executions) {
    this.executions = executions;
    this.results = new ResultView(executions);
  }

  List<Route> routes() {
    return List.of(
        Route.of(Method.POST, "/api/v1/execute", "Runs a program.", this::execute)
            .schemas("ExecutionRequest", "ExecutionResponse"),
        Route.of(
                Method.POST,
                "/api/v1/executions/{execution_id}/retry",
                "Runs the program of an execution that has ended once more, as a new execution.",
                this::retry)
            .schemas("", "ExecutionResponse"));
  }

  private Response execute(Request request) throws Exception {
    Principal caller = Callers.with(request, Callers.WRITE);
    Optional<String> key = key(request);
    BodyFields body = BodyFields.of(request);
    Program program = new ProgramBody(body, executions).read();
    Priority priority =
        Priority.of(body.choice("priority", PRIORITIES, Priority.NORMAL.text()))
            .orElse(Priority.NORMAL);
    if (priority.compareTo(Priority.NORMAL) < 0 && !caller.admin()) {
      body.violation(
          "priority", "Only administrators may use critical and high", "priority_reserved");
    }
    body.check();
    boolean wait = wait(request);
    Execution execution = executions.submit(Owner.of(caller), program, priority, key);
    return wait ? result(request, execution) : accepted(execution);
  }

  /// The result as soon as there is one; after ten minutes how things stand.
  private Response result(Request request, Execution execution) throws Exception {
    return Response.json(
        results.whole(request.waiting(() -> executions.await(execution.id(), LONGEST_WAIT))));
  }

  private static boolean wait(Request request) {
    String wait = request.query("wait").orElse("false");
    if (!wait.equals("true") && !wait.equals("false")) {
      String message = "Input should be true or false";
      throw new Problem.Invalid(
              "wait_invalid",
              "wait: " + message,
              List.of(new Problem.Violation(List.of("query", "wait"), message, "bool_parsing")))
          .raise();
    }
    return wait.equals("true");
  }

  private Response retry(Request request) {
    Principal caller = Callers.with(request, Callers.WRITE);
    Execution execution = Callers.execution(executions, request, caller);
    if (execution.finished().isEmpty()) {
      throw new Problem.InvalidState(
              "execution_not_finished",
              "execution %s: is %s (expected: one that has ended; cancel it first)"
                  .formatted(execution.id(), execution.status().text()))
          .raise();
    }
    Program program = execution.program();
    Languages.Choice choice =
        executions.languages().choose(program.language(), Optional.of(program.version()));
    if (!choice.field().isEmpty()) {
      throw new Problem.InvalidState("language_gone", choice.message()).raise();
    }
    return accepted(
        executions.submit(Owner.of(caller), program, execution.priority(), Optional.empty()));
  }

  /// A replayed request gets the answer of the first one, whatever became of the execution since.
  private static Response accepted(Execution execution) {
    return Response.json(Map.of("execution_id", execution.id(), "status", "queued"));
  }

  private static Optional<String> key(Request request) {
    Optional<String> key = request.header("Idempotency-Key");
    if (key.isPresent() && !KEY.matcher(key.get()).matches()) {
      String message = "expected: 1 to 255 printable ASCII characters without spaces";
      throw new Problem.Invalid(
              "idempotency_key_invalid",
              "Idempotency-Key: " + message,
              List.of(
                  new Problem.Violation(
                      List.of("header", "Idempotency-Key"), message, "idempotency_key_invalid")))
          .raise();
    }
    return key;
  }
}

package dev.quarterdeck.executions;

import dev.quarterdeck.events.EventEnvelope;
import dev.quarterdeck.events.EventOrigin;
import dev.quarterdeck.store.NewEvent;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The events of executions as they go into the journal: the envelope that all events share, and
/// what each type adds.
public final class ExecutionEvents {
  /// Topic of all events of executions; their key is the id of the execution.
  public static final String TOPIC = "execution";

  private static final String VERSION = "1.0";
  private final EventOrigin origin;

  ExecutionEvents(EventOrigin origin) {
    this.origin = origin;
  }

  /// The events of the transitions since a version.
  List<NewEvent> eventsSince(Execution execution, long before) {
    return execution.stepsSince(before).stream()
        .map(step -> envelope(execution, step).toEvent(TOPIC))
        .toList();
  }

  /// The event of a step. It carries no source and no output: these are in the execution and in the
  /// output log.
  public EventEnvelope envelope(Execution execution, Step step) {
    return new EventEnvelope(
        step.eventId(),
        step.type(),
        VERSION,
        step.at(),
        execution.id(),
        origin.metadata(Optional.of(execution.owner().userId())),
        payload(execution, step));
  }

  private static ObjectNode payload(Execution execution, Step step) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("execution_id", execution.id());
    event.put("version", step.version());
    event.put("attempt", step.attempt());
    if (step.restarted()) {
      event.put("restarted", true);
    }
    if (!step.detail().isEmpty()) {
      event.put("detail", step.detail());
    }
    switch (step.type()) {
      case Step.REQUESTED -> {
        event.put("language", execution.program().language());
        event.put("language_version", execution.program().version());
        event.put("priority", execution.priority().text());
      }
      case VerdictMapping.COMPLETED,
          VerdictMapping.FAILED,
          VerdictMapping.TIMEOUT,
          VerdictMapping.CANCELLED,
          Step.RESULT_STORED ->
          execution.finished().ifPresent(end -> addOutcome(event, step, end));
      default -> {}
    }
    return event;
  }

  private static void addOutcome(ObjectNode event, Step step, ExecutionState.Finished end) {
    Outcome outcome = end.outcome();
    if (step.type().equals(Step.RESULT_STORED)) {
      event.put("storage_type", "database");
      event.put("size_bytes", outcome.stdoutBytes() + outcome.stderrBytes());
      return;
    }
    event.put("verdict", outcome.verdict().text());
    event.set("resource_usage", Usage.json(outcome));
    VerdictMapping mapping = VerdictMapping.of(outcome.verdict());
    switch (step.type()) {
      case VerdictMapping.COMPLETED -> event.put("exit_code", outcome.exitCode().orElse(0));
      case VerdictMapping.FAILED -> {
        event.put("exit_code", Usage.exitCode(outcome).orElse(-1));
        mapping.errorType().ifPresent(type -> event.put("error_type", type.text()));
      }
      case VerdictMapping.TIMEOUT -> event.put("timeout_seconds", outcome.wallTime().toSeconds());
      case VerdictMapping.CANCELLED -> {
        event.put("cancelled_by", end.cancellation().map(Cancellation::by).orElse(""));
        event.put("force_terminated", end.startedAt().isPresent());
        event.put("reason", end.cancellation().map(Cancellation::reason).orElse(""));
      }
      default -> {}
    }
  }
}

package dev.quarterdeck.executions;

import dev.quarterdeck.events.EventEnvelope;
import dev.quarterdeck.events.EventHandler;
import dev.quarterdeck.store.NewEvent;
import java.time.Duration;
import java.util.Set;

/// Turns the events of the journal into the next step of an execution: one that was requested gets
/// in line, one that was cancelled gets out of it. It acts on what the execution is now, not on
/// what the event says; so an event that comes late, twice or out of order changes nothing. The
/// process that accepts an execution puts it in line itself; the event is what makes that certain.
final class Orchestrator implements EventHandler {
  private static final Duration GATHERING = Duration.ofMillis(20);

  private final ExecutionStore store;
  private final RunQueue queue;
  private final LiveRuns live;

  Orchestrator(ExecutionStore store, RunQueue queue, LiveRuns live) {
    this.store = store;
    this.queue = queue;
    this.live = live;
  }

  @Override
  public String group() {
    return "saga-orchestrator";
  }

  @Override
  public Set<String> topics() {
    return Set.of(ExecutionEvents.TOPIC);
  }

  @Override
  public boolean wants(NewEvent event) {
    return switch (event.type()) {
      case Step.REQUESTED -> !live.begun(event.key());
      case Step.QUEUED, VerdictMapping.CANCELLED -> true;
      default -> false;
    };
  }

  @Override
  public Duration gathering() {
    return GATHERING;
  }

  @Override
  public void handle(EventEnvelope event) {
    String id = event.aggregateId();
    switch (event.eventType()) {
      case Step.REQUESTED, Step.QUEUED -> enqueue(id);
      case VerdictMapping.CANCELLED -> {
        queue.remove(id);
        live.kill(id);
      }
      default -> {}
    }
  }

  private void enqueue(String id) {
    if (live.contains(id)) {
      return;
    }
    store
        .latest(id)
        .filter(execution -> execution.state() instanceof ExecutionState.Queued)
        .ifPresentOrElse(queue::offer, () -> queue.remove(id));
  }
}

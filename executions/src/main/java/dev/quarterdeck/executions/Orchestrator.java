package dev.quarterdeck.executions;

import dev.quarterdeck.store.EventJournal.Entry;

/// Turns the events of the journal into the next step of an execution: one that was requested gets
/// in line, one that was cancelled gets out of it. It acts on what the execution is now, not on
/// what the event says; so an event that comes late, twice or out of order changes nothing.
final class Orchestrator {
  private final ExecutionStore store;
  private final RunQueue queue;
  private final LiveRuns live;

  Orchestrator(ExecutionStore store, RunQueue queue, LiveRuns live) {
    this.store = store;
    this.queue = queue;
    this.live = live;
  }

  /// Handles one event; short, and any number of times.
  void handle(Entry entry) {
    if (!entry.event().topic().equals(ExecutionEvents.TOPIC)) {
      return;
    }
    String id = entry.event().key();
    switch (entry.event().type()) {
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
        .find(id)
        .filter(execution -> execution.state() instanceof ExecutionState.Queued)
        .ifPresentOrElse(queue::offer, () -> queue.remove(id));
  }
}

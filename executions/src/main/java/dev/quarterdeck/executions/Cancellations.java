package dev.quarterdeck.executions;

import dev.quarterdeck.executions.ExecutionState.Finished;
import dev.quarterdeck.executions.ExecutionState.Queued;
import dev.quarterdeck.executions.ExecutionState.Running;
import dev.quarterdeck.runtime.Ids;
import dev.quarterdeck.runtime.Problem;
import java.time.InstantSource;
import java.util.Optional;

/// Stops executions: one that waits never runs, one that runs is killed. The demand is durable
/// before it is answered, so that it outlives this process.
final class Cancellations {
  private final ExecutionStore store;
  private final RunQueue queue;
  private final LiveRuns live;
  private final InstantSource clock;
  private final Ids ids;

  Cancellations(ExecutionStore store, RunQueue queue, LiveRuns live, InstantSource clock, Ids ids) {
    this.store = store;
    this.queue = queue;
    this.live = live;
    this.clock = clock;
    this.ids = ids;
  }

  Cancelled cancel(String id, String reason, String by) {
    Cancellation demand = new Cancellation(reason, by, clock.instant(), ids.next());
    Optional<Execution> changed =
        store.update(id, execution -> execution.cancel(demand, ids::next));
    Execution execution = changed.or(() -> store.find(id)).orElseThrow(() -> notFound(id));
    return switch (execution.state()) {
      case Queued ignored ->
          throw new IllegalStateException("execution %s: waits though cancelled".formatted(id));
      case Running running -> {
        live.kill(id);
        yield new Cancelled(
            false,
            "the program is being stopped",
            running.cancellation().map(Cancellation::eventId).orElse(demand.eventId()));
      }
      case Finished finished -> answer(id, finished, changed.isPresent());
    };
  }

  private Cancelled answer(String id, Finished finished, boolean byThis) {
    Optional<Cancellation> cancellation =
        finished
            .cancellation()
            .filter(ignored -> finished.outcome().verdict() == Verdict.CANCELLED);
    if (cancellation.isEmpty()) {
      throw new Problem.InvalidState(
              "execution_finished",
              "execution %s: has ended with the verdict %s (expected: one that waits or runs)"
                  .formatted(id, finished.outcome().verdict().text()))
          .raise();
    }
    queue.remove(id);
    live.kill(id);
    return byThis
        ? new Cancelled(false, "cancelled before it ran", cancellation.get().eventId())
        : new Cancelled(true, "it was cancelled before", cancellation.get().eventId());
  }

  static RuntimeException notFound(String id) {
    String shown = id.length() <= 64 ? id : id.substring(0, 64) + "…";
    return new Problem.NotFound(
            "execution_not_found", "execution %s: there is none with this id".formatted(shown))
        .raise();
  }
}

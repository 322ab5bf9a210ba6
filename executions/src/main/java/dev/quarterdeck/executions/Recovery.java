package dev.quarterdeck.executions;

import dev.quarterdeck.executions.ExecutionState.Finished;
import dev.quarterdeck.executions.ExecutionState.Queued;
import dev.quarterdeck.executions.ExecutionState.Running;
import dev.quarterdeck.runtime.Ids;
import dev.quarterdeck.store.Query;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds executions that have not ended and that nobody looks after: puts those that wait in line,
/// and gives up the runs whose process is gone. Run at start before anything else, and again from
/// time to time.
final class Recovery {
  private static final Logger log = LoggerFactory.getLogger(Recovery.class);
  private static final int PAGE = 500;

  private final String worker;
  private final ExecutionStore store;
  private final RunQueue queue;
  private final LiveRuns live;
  private final InstantSource clock;
  private final Ids ids;

  Recovery(
      String worker,
      ExecutionStore store,
      RunQueue queue,
      LiveRuns live,
      InstantSource clock,
      Ids ids) {
    this.worker = worker;
    this.store = store;
    this.queue = queue;
    this.live = live;
    this.clock = clock;
    this.ids = ids;
  }

  /// Looks at every execution that has not ended.
  ///
  /// @return how many runs were lost
  int recover() {
    List<Query.Condition> open =
        List.of(
            new Query.OneOf(
                ExecutionDocuments.STATUS,
                List.of(ExecutionStatus.QUEUED.text(), ExecutionStatus.RUNNING.text())));
    int lost = 0;
    Optional<Query.Cursor> from = Optional.empty();
    do {
      ExecutionStore.Page page = store.page(open, false, PAGE, from);
      for (Execution execution : page.executions()) {
        lost += look(execution) ? 1 : 0;
      }
      from = page.next();
    } while (from.isPresent());
    return lost;
  }

  private boolean look(Execution execution) {
    return switch (execution.state()) {
      case Queued ignored -> {
        if (!live.contains(execution.id())) {
          queue.offer(execution);
        }
        yield false;
      }
      case Running running -> isLost(execution.id(), running) && giveUp(execution.id());
      case Finished ignored -> false;
    };
  }

  /// The lock on the data directory says that no other process runs anything: what another one
  /// claimed is lost, and what this one claimed is lost when no slot has it and its lease is over.
  private boolean isLost(String id, Running running) {
    if (live.contains(id)) {
      return false;
    }
    return !running.owner().equals(worker) || running.leaseUntil().isBefore(clock.instant());
  }

  private boolean giveUp(String id) {
    Optional<Execution> next =
        store.update(
            id,
            execution ->
                execution.state() instanceof Running running && isLost(id, running)
                    ? execution.lost(clock.instant(), ids::next)
                    : Optional.empty());
    next.ifPresent(
        execution -> {
          log.warn("execution {}: its run was lost, now {}", id, execution.status().text());
          if (execution.state() instanceof Queued) {
            queue.offer(execution);
          }
        });
    return next.isPresent();
  }
}

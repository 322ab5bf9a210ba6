package dev.quarterdeck.executions;

import dev.quarterdeck.store.Change;
import dev.quarterdeck.store.OutputLog;
import dev.quarterdeck.store.Query;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Deletes executions that ended, with their output, when they are older than
/// `EXECUTION_RETENTION_DAYS`.
final class Retention {
  private static final int PAGE = 100;
  private static final List<String> ENDED =
      Arrays.stream(ExecutionStatus.values())
          .filter(
              status ->
                  switch (status) {
                    case QUEUED, SCHEDULED, RUNNING -> false;
                    case COMPLETED, FAILED, TIMEOUT, CANCELLED, ERROR -> true;
                  })
          .map(ExecutionStatus::text)
          .toList();

  private final ExecutionStore store;
  private final OutputLog output;
  private final RunFiles files;
  private final Duration age;
  private final InstantSource clock;

  Retention(
      ExecutionStore store, OutputLog output, RunFiles files, Duration age, InstantSource clock) {
    this.store = store;
    this.output = output;
    this.files = files;
    this.age = age;
    this.clock = clock;
  }

  /// Deletes what is too old, in small steps.
  ///
  /// @return how many executions
  int sweep() {
    List<Query.Condition> old =
        List.of(
            new Query.OneOf(ExecutionDocuments.STATUS, ENDED),
            new Query.Range(
                ExecutionDocuments.CREATED, null, clock.instant().minus(age).toEpochMilli()));
    int deleted = 0;
    Optional<Query.Cursor> from = Optional.empty();
    do {
      ExecutionStore.Page page = store.page(old, false, PAGE, from);
      for (Execution execution : page.executions()) {
        output.delete(execution.id());
        files.delete(execution);
        deleted += store.delete(execution, Change.Urgency.BULK) ? 1 : 0;
      }
      from = page.next();
    } while (from.isPresent());
    return deleted;
  }
}

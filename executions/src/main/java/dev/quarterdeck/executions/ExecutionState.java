package dev.quarterdeck.executions;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.Optional;

/// Where an execution stands. The methods of each state are its legal transitions; there are no
/// others.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "name")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ExecutionState.Queued.class, name = "queued"),
  @JsonSubTypes.Type(value = ExecutionState.Running.class, name = "running"),
  @JsonSubTypes.Type(value = ExecutionState.Finished.class, name = "finished")
})
public sealed interface ExecutionState {
  /// The attempt that waits, runs or ran last; 1 for the first.
  int attempt();

  /// It waits for a slot.
  record Queued(int attempt) implements ExecutionState {
    Running claim(String owner, Instant now, Instant leaseUntil) {
      return new Running(attempt, owner, now, leaseUntil, Optional.empty());
    }

    Finished cancel(Cancellation cancellation) {
      return new Finished(
          attempt,
          Optional.empty(),
          cancellation.at(),
          Outcome.withoutRun(Verdict.CANCELLED, "cancelled before it ran"),
          Optional.of(cancellation));
    }
  }

  /// A worker runs it.
  ///
  /// @param owner the server process that runs it
  /// @param leaseUntil when the run is lost for certain, if nothing was heard of it
  /// @param cancellation the demand to stop it, when there is one
  record Running(
      int attempt,
      String owner,
      Instant startedAt,
      Instant leaseUntil,
      Optional<Cancellation> cancellation)
      implements ExecutionState {
    Running cancel(Cancellation demand) {
      return new Running(attempt, owner, startedAt, leaseUntil, Optional.of(demand));
    }

    Finished finish(Outcome outcome, Instant now) {
      return new Finished(attempt, Optional.of(startedAt), now, outcome, cancellation);
    }

    Queued again() {
      return new Queued(attempt + 1);
    }
  }

  /// It ended; nothing changes any more.
  ///
  /// @param startedAt empty when it never ran
  record Finished(
      int attempt,
      Optional<Instant> startedAt,
      Instant finishedAt,
      Outcome outcome,
      Optional<Cancellation> cancellation)
      implements ExecutionState {}
}

package dev.quarterdeck.executions;

import dev.quarterdeck.executions.ExecutionState.Finished;
import dev.quarterdeck.executions.ExecutionState.Queued;
import dev.quarterdeck.executions.ExecutionState.Running;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// A program that a user handed in, and everything that became of it. Immutable: each transition
/// answers the next version, with the events of the change at the end of its history; empty when
/// the state does not allow it, because it happened before. So a message that comes twice, late or
/// out of order changes nothing.
///
/// @param version 1 for the first state, one more for each transition
/// @param losses how many attempts ended with the process that ran them
/// @param history all events, in order
public record Execution(
    String id,
    long version,
    Owner owner,
    Program program,
    Priority priority,
    Optional<Idempotency> idempotency,
    Instant createdAt,
    int losses,
    ExecutionState state,
    List<Step> history) {
  public Execution {
    history = List.copyOf(history);
  }

  /// What a new execution starts with.
  public record Request(
      Owner owner, Program program, Priority priority, Optional<Idempotency> idempotency) {}

  /// A new execution, in the queue.
  static Execution accept(String id, Request request, Instant now, Supplier<String> ids) {
    Step step = new Step(ids.get(), Step.REQUESTED, now, 1, 1, false, "");
    return new Execution(
        id,
        1,
        request.owner(),
        request.program(),
        request.priority(),
        request.idempotency(),
        now,
        0,
        new Queued(1),
        List.of(step));
  }

  /// The status as the API says it.
  public ExecutionStatus status() {
    return switch (state) {
      case Queued ignored -> ExecutionStatus.QUEUED;
      case Running ignored -> ExecutionStatus.RUNNING;
      case Finished finished -> VerdictMapping.of(finished.outcome().verdict()).status();
    };
  }

  /// The end, when it has ended.
  public Optional<Finished> finished() {
    return state instanceof Finished finished ? Optional.of(finished) : Optional.empty();
  }

  /// The events of the transitions since a version.
  List<Step> stepsSince(long before) {
    return history.stream().filter(step -> step.version() > before).toList();
  }

  /// A worker takes it.
  Optional<Execution> claim(String worker, Instant now, Instant leaseUntil, Supplier<String> ids) {
    if (!(state instanceof Queued queued)) {
      return Optional.empty();
    }
    Running next = queued.claim(worker, now, leaseUntil);
    return Optional.of(
        next(losses, next, step(ids.get(), Step.RUNNING, now, next.attempt(), false, "")));
  }

  /// The run has ended, and all its output is durable.
  Optional<Execution> finish(int attempt, Outcome outcome, Instant now, Supplier<String> ids) {
    if (!(state instanceof Running running) || running.attempt() != attempt) {
      return Optional.empty();
    }
    return Optional.of(finished(losses, running.finish(outcome, now), now, ids));
  }

  /// Its user, or an administrator, wants it to stop. One that waits is finished by this; one that
  /// runs remembers the demand until its run has ended.
  Optional<Execution> cancel(Cancellation cancellation, Supplier<String> ids) {
    return switch (state) {
      case Queued queued ->
          Optional.of(finished(losses, queued.cancel(cancellation), cancellation.at(), ids));
      case Running running ->
          running.cancellation().isPresent()
              ? Optional.empty()
              : Optional.of(next(losses, running.cancel(cancellation)));
      case Finished ignored -> Optional.empty();
    };
  }

  /// The process that ran it is gone. The first time it gets a new attempt, the second time it
  /// ends.
  Optional<Execution> lost(Instant now, Supplier<String> ids) {
    if (!(state instanceof Running running)) {
      return Optional.empty();
    }
    if (running.cancellation().isPresent()) {
      Outcome outcome =
          Outcome.withoutRun(
              Verdict.CANCELLED, "cancelled; the server stopped before it could say");
      return Optional.of(finished(losses + 1, running.finish(outcome, now), now, ids));
    }
    if (losses > 0) {
      Outcome outcome =
          Outcome.withoutRun(
              Verdict.SANDBOX_ERROR, "the server was lost twice while the program ran");
      return Optional.of(finished(losses + 1, running.finish(outcome, now), now, ids));
    }
    return Optional.of(
        again(running, losses + 1, "the server was lost while the program ran", now, ids));
  }

  /// The server stops in good order and has stopped the run: it waits again, and this is no loss.
  Optional<Execution> interrupted(int attempt, Instant now, Supplier<String> ids) {
    if (!(state instanceof Running running) || running.attempt() != attempt) {
      return Optional.empty();
    }
    return Optional.of(
        again(running, losses, "the server was restarted while the program ran", now, ids));
  }

  /// The same without its idempotency key, which is older than its window.
  Execution releaseKey() {
    return new Execution(
        id,
        version + 1,
        owner,
        program,
        priority,
        Optional.empty(),
        createdAt,
        losses,
        state,
        history);
  }

  private Execution again(
      Running running, int newLosses, String detail, Instant now, Supplier<String> ids) {
    Queued next = running.again();
    return next(newLosses, next, step(ids.get(), Step.QUEUED, now, next.attempt(), true, detail));
  }

  private Execution finished(int newLosses, Finished end, Instant now, Supplier<String> ids) {
    Verdict verdict = end.outcome().verdict();
    String eventId =
        end.cancellation()
            .filter(ignored -> verdict == Verdict.CANCELLED)
            .map(Cancellation::eventId)
            .orElseGet(ids);
    String type = VerdictMapping.of(verdict).event();
    return next(
        newLosses,
        end,
        step(eventId, type, now, end.attempt(), false, end.outcome().evidence()),
        step(ids.get(), Step.RESULT_STORED, now, end.attempt(), false, ""));
  }

  private Step step(
      String eventId, String type, Instant at, int attempt, boolean restarted, String detail) {
    return new Step(eventId, type, at, version + 1, attempt, restarted, detail);
  }

  private Execution next(int newLosses, ExecutionState newState, Step... steps) {
    List<Step> more = new ArrayList<>(history);
    more.addAll(List.of(steps));
    return new Execution(
        id,
        version + 1,
        owner,
        program,
        priority,
        idempotency,
        createdAt,
        newLosses,
        newState,
        more);
  }
}

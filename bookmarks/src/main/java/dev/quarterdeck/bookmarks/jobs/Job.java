package dev.quarterdeck.bookmarks.jobs;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A piece of long work as it is stored.
///
/// @param owner id of the user who asked for it
/// @param type which [Work] does it
/// @param input what was asked for; never changes
/// @param memory what the work remembers of how far it came, to go on there after a crash; null at
///   first
/// @param done how many steps are done
/// @param total of how many, -1 when nobody knows yet
/// @param result what came of it, also while it runs; null at first
/// @param error why it failed; empty when it did not
/// @param restarts how often a process died while it ran
/// @param lease who works on it now; empty when nobody does
public record Job(
    String id,
    String owner,
    String type,
    State state,
    boolean cancelRequested,
    JsonNode input,
    @Nullable JsonNode memory,
    @Nullable JsonNode result,
    long done,
    long total,
    Optional<String> error,
    int restarts,
    Instant createdAt,
    Optional<Instant> startedAt,
    Optional<Instant> finishedAt,
    Optional<Lease> lease) {

  public Job {
    // Those that an older version stored have none.
    lease = Objects.requireNonNullElse(lease, Optional.empty());
  }

  /// The right to work on a job alone.
  ///
  /// @param holder names one process
  /// @param until when others may take it, unless it is renewed
  public record Lease(String holder, Instant until) {}

  static Job queued(String id, String owner, String type, JsonNode input, Instant now) {
    return new Job(
        id,
        owner,
        type,
        State.QUEUED,
        false,
        input,
        null,
        null,
        0,
        -1,
        Optional.empty(),
        0,
        now,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /// Whether nothing more will happen to it.
  public boolean finished() {
    return state.isFinal();
  }

  boolean heldBy(String holder) {
    return lease.filter(held -> held.holder().equals(holder)).isPresent();
  }

  /// Whether somebody else works on it, as far as we know.
  boolean heldByAnother(String holder, Instant now) {
    return lease
        .filter(held -> !held.holder().equals(holder) && held.until().isAfter(now))
        .isPresent();
  }

  Job leased(Optional<Lease> to) {
    return new Job(
        id,
        owner,
        type,
        state,
        cancelRequested,
        input,
        memory,
        result,
        done,
        total,
        error,
        restarts,
        createdAt,
        startedAt,
        finishedAt,
        to);
  }

  Job started(Instant now) {
    boolean again = state == State.RUNNING;
    return new Job(
        id,
        owner,
        type,
        State.RUNNING,
        cancelRequested,
        input,
        memory,
        result,
        done,
        total,
        error,
        again ? restarts + 1 : restarts,
        createdAt,
        startedAt.or(() -> Optional.of(now)),
        finishedAt,
        lease);
  }

  Job at(long newDone, long newTotal, @Nullable JsonNode newMemory, @Nullable JsonNode newResult) {
    return new Job(
        id,
        owner,
        type,
        state,
        cancelRequested,
        input,
        newMemory,
        newResult,
        newDone,
        newTotal,
        error,
        restarts,
        createdAt,
        startedAt,
        finishedAt,
        lease);
  }

  Job cancelAsked() {
    return new Job(
        id,
        owner,
        type,
        state,
        true,
        input,
        memory,
        result,
        done,
        total,
        error,
        restarts,
        createdAt,
        startedAt,
        finishedAt,
        lease);
  }

  Job finished(State end, Optional<String> why, Instant now) {
    return new Job(
        id,
        owner,
        type,
        end,
        cancelRequested,
        input,
        null,
        result,
        done,
        total,
        why,
        restarts,
        createdAt,
        startedAt,
        Optional.of(now),
        Optional.empty());
  }

  /// The states.
  public enum State {
    /// Waits for its turn.
    QUEUED,
    /// Is worked on, or was when the process ended and will be again.
    RUNNING,
    /// Done; the result tells what came of it.
    COMPLETED,
    /// Given up; the error tells why. What was done before stays.
    FAILED,
    /// Ended because its owner wished so. What was done before stays.
    CANCELLED;

    boolean isFinal() {
      return this != QUEUED && this != RUNNING;
    }
  }
}

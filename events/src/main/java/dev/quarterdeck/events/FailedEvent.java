package dev.quarterdeck.events;

import dev.quarterdeck.store.NewEvent;
import java.time.Instant;

/// An event that a group could not handle yet, or at all.
///
/// @param id group and position: `saga:17`
/// @param position place in the journal; orders the events of one key
/// @param retries how often it was tried again
/// @param nextRetry when it is tried again; meaningless for a dead letter
/// @param failedAt when it failed last; for one that waits, when it was put aside
/// @param error what the handler said, empty for one that waits
/// @param version of the document that holds it
public record FailedEvent(
    String id,
    String group,
    long position,
    NewEvent event,
    State state,
    int retries,
    Instant nextRetry,
    Instant failedAt,
    String error,
    long version) {

  /// What will happen to it.
  public enum State {
    /// It is tried again.
    PENDING,
    /// It waits for an earlier event of its key.
    WAITING,
    /// Nothing, until a person retries or discards it.
    DEAD
  }

  FailedEvent withVersion(long stored) {
    return new FailedEvent(
        id, group, position, event, state, retries, nextRetry, failedAt, error, stored);
  }

  FailedEvent pending(int retry, Instant next, Instant now, String why) {
    return new FailedEvent(
        id, group, position, event, State.PENDING, retry, next, now, why, version);
  }

  FailedEvent dead(Instant now, String why) {
    return new FailedEvent(id, group, position, event, State.DEAD, retries, now, now, why, version);
  }
}

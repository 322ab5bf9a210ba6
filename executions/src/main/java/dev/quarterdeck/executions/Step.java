package dev.quarterdeck.executions;

import java.time.Instant;

/// One thing that happened to an execution: an event, as it went into the journal.
///
/// @param eventId id of the event
/// @param type type of the event
/// @param version version of the execution with which it became durable; two events of one commit
///   have the same
/// @param attempt the attempt that was current after it
/// @param restarted whether this is the new attempt after a lost one
/// @param detail a sentence for a person, or empty
public record Step(
    String eventId,
    String type,
    Instant at,
    long version,
    int attempt,
    boolean restarted,
    String detail) {
  /// The request was accepted.
  public static final String REQUESTED = "execution_requested";

  /// It waits again, because an attempt was lost or interrupted.
  public static final String QUEUED = "execution_queued";

  /// A worker took it.
  public static final String RUNNING = "execution_running";

  /// The result can be read. Always the last one.
  public static final String RESULT_STORED = "result_stored";

  /// Its place in the order of all events: its version, and one more for the result, which shares
  /// the last version with the event before it.
  long position() {
    return type.equals(RESULT_STORED) ? version + 1 : version;
  }

  /// Whether it ends the output of the attempt before it.
  boolean endsAttempt() {
    return restarted || !(type.equals(REQUESTED) || type.equals(RUNNING));
  }
}

package dev.quarterdeck.executions;

import java.time.Instant;

/// A demand to stop an execution. It is durable before it is acknowledged.
///
/// @param by name of the user
/// @param eventId the id that the `execution_cancelled` event has or will have
public record Cancellation(String reason, String by, Instant at, String eventId) {}

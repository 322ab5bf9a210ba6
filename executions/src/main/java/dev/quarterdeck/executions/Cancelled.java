package dev.quarterdeck.executions;

/// The answer to a demand to stop.
///
/// @param already whether the execution had been cancelled before
/// @param eventId id of the event that says so, now or as soon as the program is dead
public record Cancelled(boolean already, String message, String eventId) {}

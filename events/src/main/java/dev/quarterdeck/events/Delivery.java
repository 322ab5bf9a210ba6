package dev.quarterdeck.events;

import dev.quarterdeck.store.EventJournal;
import java.time.InstantSource;

/// What all groups of a runner share.
///
/// @param maxInFlight bound on the events that a group holds in memory
record Delivery(
    EventJournal journal,
    DeadLetters deadLetters,
    int maxInFlight,
    Backoff backoff,
    DeliveryMode mode,
    InstantSource clock,
    Scheduler scheduler) {}

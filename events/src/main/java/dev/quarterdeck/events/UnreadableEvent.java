package dev.quarterdeck.events;

/// The body of an event is not an envelope. No retry can change that: the event becomes a dead
/// letter at once.
public final class UnreadableEvent extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnreadableEvent(String eventId, String why) {
    super(
        "event %s: %s (expected: an envelope as JSON); look at its body and discard it"
            .formatted(eventId, why));
  }
}

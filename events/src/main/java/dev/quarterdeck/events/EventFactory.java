package dev.quarterdeck.events;

import dev.quarterdeck.runtime.Ids;
import java.time.InstantSource;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Makes events in the name of one service. Safe for all threads.
public final class EventFactory {
  private static final String VERSION = "1.0";

  private final Ids ids;
  private final InstantSource clock;
  private final EventOrigin origin;

  /// @param origin the service that all events name
  public EventFactory(Ids ids, InstantSource clock, EventOrigin origin) {
    this.ids = ids;
    this.clock = clock;
    this.origin = origin;
  }

  /// A new event that happens now.
  ///
  /// @param user id of the user who caused it; empty when nobody did
  /// @param payload goes over to the event
  public EventEnvelope event(
      String type, String aggregate, Optional<String> user, ObjectNode payload) {
    return new EventEnvelope(
        ids.next(), type, VERSION, clock.instant(), aggregate, origin.metadata(user), payload);
  }
}

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
  private final String serviceName;
  private final String serviceVersion;
  private final String environment;

  /// @param environment the profile: `development`, `test` or `production`
  public EventFactory(
      Ids ids, InstantSource clock, String serviceName, String serviceVersion, String environment) {
    this.ids = ids;
    this.clock = clock;
    this.serviceName = serviceName;
    this.serviceVersion = serviceVersion;
    this.environment = environment;
  }

  /// A new event that happens now.
  ///
  /// @param user id of the user who caused it; empty when nobody did
  /// @param payload goes over to the event
  public EventEnvelope event(
      String type, String aggregate, Optional<String> user, ObjectNode payload) {
    EventMetadata metadata = new EventMetadata(serviceName, serviceVersion, user, environment);
    return new EventEnvelope(
        ids.next(), type, VERSION, clock.instant(), aggregate, metadata, payload);
  }
}

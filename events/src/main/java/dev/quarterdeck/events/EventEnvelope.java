package dev.quarterdeck.events;

import dev.quarterdeck.store.NewEvent;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// An event with its payload. In JSON the payload's fields stand beside the envelope's own:
/// `event_id`, `event_type`, `event_version`, `timestamp`, `aggregate_id`, `metadata`.
///
/// @param eventId unique for ever; a handler may see the same id more than once
/// @param eventType snake case: `execution_requested`
/// @param timestamp when it happened
/// @param aggregateId what it happened to
/// @param payload owned by the envelope, not to be changed
public record EventEnvelope(
    String eventId,
    String eventType,
    String eventVersion,
    Instant timestamp,
    String aggregateId,
    EventMetadata metadata,
    ObjectNode payload) {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Set<String> OWN =
      Set.of("event_id", "event_type", "event_version", "timestamp", "aggregate_id", "metadata");

  public EventEnvelope {
    for (String field : payload.propertyNames()) {
      if (OWN.contains(field)) {
        throw new IllegalArgumentException(
            "%s: %s (expected: a payload field that is none of the envelope's)"
                .formatted(eventType, field));
      }
    }
  }

  /// The event as it enters the outbox; its key is the aggregate.
  public NewEvent toEvent(String topic) {
    return new NewEvent(eventId, topic, aggregateId, eventType, JSON.writeValueAsBytes(toJson()));
  }

  /// The whole event as JSON.
  public ObjectNode toJson() {
    ObjectNode json = JSON.createObjectNode();
    json.put("event_id", eventId);
    json.put("event_type", eventType);
    json.put("event_version", eventVersion);
    json.put("timestamp", timestamp.toString());
    json.put("aggregate_id", aggregateId);
    ObjectNode source = json.putObject("metadata");
    source.put("service_name", metadata.serviceName());
    source.put("service_version", metadata.serviceVersion());
    metadata.userId().ifPresent(user -> source.put("user_id", user));
    source.put("environment", metadata.environment());
    for (Map.Entry<String, JsonNode> field : payload.properties()) {
      json.set(field.getKey(), field.getValue());
    }
    return json;
  }

  /// Reads an event back.
  ///
  /// @throws UnreadableEvent the body is not an envelope
  public static EventEnvelope of(NewEvent event) {
    try {
      if (!(JSON.readTree(event.body()) instanceof ObjectNode json)) {
        throw new UnreadableEvent(event.id(), "not a JSON object");
      }
      ObjectNode payload = json.deepCopy();
      payload.remove(OWN);
      JsonNode metadata = json.path("metadata");
      return new EventEnvelope(
          text(event, json, "event_id"),
          text(event, json, "event_type"),
          text(event, json, "event_version"),
          Instant.parse(text(event, json, "timestamp")),
          text(event, json, "aggregate_id"),
          new EventMetadata(
              text(event, metadata, "service_name"),
              text(event, metadata, "service_version"),
              Optional.ofNullable(metadata.path("user_id").stringValue(null)),
              metadata.path("environment").asString("production")),
          payload);
    } catch (JacksonException malformed) {
      throw new UnreadableEvent(event.id(), "not JSON: " + malformed.getOriginalMessage());
    } catch (DateTimeException noTime) {
      throw new UnreadableEvent(event.id(), "timestamp: " + noTime.getMessage());
    }
  }

  private static String text(NewEvent event, JsonNode json, String name) {
    String value = json.path(name).stringValue(null);
    if (value == null) {
      throw new UnreadableEvent(event.id(), name + " is missing");
    }
    return value;
  }
}

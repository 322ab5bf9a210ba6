package dev.quarterdeck.events;

import dev.quarterdeck.events.FailedEvent.State;
import dev.quarterdeck.store.Change;
import dev.quarterdeck.store.Change.Urgency;
import dev.quarterdeck.store.Document;
import dev.quarterdeck.store.Documents;
import dev.quarterdeck.store.DuplicateValue;
import dev.quarterdeck.store.Kind;
import dev.quarterdeck.store.NewEvent;
import dev.quarterdeck.store.Query;
import dev.quarterdeck.store.VersionConflict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Failed events as documents: the durable side of retries and dead letters.
final class FailedEvents {
  static final Kind KIND =
      new Kind(
          "main",
          "failed_event",
          List.of(
              Kind.text("event_group"),
              Kind.text("state"),
              Kind.integer("position"),
              Kind.integer("failed_at")));

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int PAGE = 500;

  private final Documents documents;

  FailedEvents(Documents documents) {
    this.documents = documents;
  }

  /// Writes a new state, and answers it with its version; version 0 makes a new document.
  FailedEvent save(FailedEvent event) throws VersionConflict {
    Map<String, Object> indexed =
        Map.of(
            "event_group", event.group(),
            "state", name(event.state()),
            "position", event.position(),
            "failed_at", event.failedAt().toEpochMilli());
    Document document = new Document(event.id(), 0, indexed, JSON.writeValueAsBytes(json(event)));
    Change change = new Change.Put(KIND, document, event.version(), List.of(), Urgency.INTERACTIVE);
    return event.withVersion(commit(change));
  }

  void remove(FailedEvent event) throws VersionConflict {
    commit(new Change.Delete(KIND, event.id(), event.version(), List.of(), Urgency.INTERACTIVE));
  }

  Optional<FailedEvent> find(String id) {
    return documents.find(KIND, id).map(FailedEvents::read);
  }

  /// All events of a group that are not dead, in the order of the journal.
  List<FailedEvent> alive(String group) {
    return all(
        List.of(
            new Query.Equal("event_group", group),
            new Query.OneOf("state", List.of(name(State.PENDING), name(State.WAITING)))));
  }

  /// Positions of the dead letters of a group after a position.
  List<Long> deadAfter(String group, long position) {
    return all(
            List.of(
                new Query.Equal("event_group", group),
                new Query.Equal("state", name(State.DEAD)),
                new Query.Range("position", position + 1, null)))
        .stream()
        .map(FailedEvent::position)
        .toList();
  }

  private List<FailedEvent> all(List<Query.Condition> conditions) {
    List<FailedEvent> events = new ArrayList<>();
    Optional<Query.Cursor> from = Optional.empty();
    do {
      Documents.Page page =
          documents.find(new Query(KIND, conditions, "position", false, PAGE, from));
      page.documents().forEach(document -> events.add(read(document)));
      from = page.next();
    } while (from.isPresent());
    return events;
  }

  Documents.Page page(State state, int limit, Optional<Query.Cursor> from) {
    return documents.find(
        new Query(
            KIND, List.of(new Query.Equal("state", name(state))), "failed_at", true, limit, from));
  }

  /// Dead letters that failed before a time, at most `limit`.
  List<FailedEvent> deadBefore(Instant time, int limit) {
    List<Query.Condition> conditions =
        List.of(
            new Query.Equal("state", name(State.DEAD)),
            new Query.Range("failed_at", null, time.toEpochMilli()));
    return documents
        .find(new Query(KIND, conditions, "failed_at", false, limit, Optional.empty()))
        .documents()
        .stream()
        .map(FailedEvents::read)
        .toList();
  }

  long count(State state) {
    return documents.count(KIND, List.of(new Query.Equal("state", name(state))));
  }

  private long commit(Change change) throws VersionConflict {
    try {
      return documents.commit(change);
    } catch (DuplicateValue impossible) {
      throw new IllegalStateException(KIND.name() + " has no unique field", impossible);
    }
  }

  private static String name(State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private static ObjectNode json(FailedEvent failed) {
    ObjectNode json = JSON.createObjectNode();
    json.put("group", failed.group());
    json.put("position", failed.position());
    json.put("state", name(failed.state()));
    json.put("retries", failed.retries());
    json.put("next_retry", failed.nextRetry().toString());
    json.put("failed_at", failed.failedAt().toString());
    json.put("error", failed.error());
    json.put("event_id", failed.event().id());
    json.put("topic", failed.event().topic());
    json.put("key", failed.event().key());
    json.put("event_type", failed.event().type());
    json.put("body", failed.event().body());
    return json;
  }

  static FailedEvent read(Document document) {
    JsonNode json = JSON.readTree(document.body());
    NewEvent event =
        new NewEvent(
            json.get("event_id").asString(),
            json.get("topic").asString(),
            json.get("key").asString(),
            json.get("event_type").asString(),
            json.get("body").binaryValue());
    return new FailedEvent(
        document.id(),
        json.get("group").asString(),
        json.get("position").asLong(),
        event,
        State.valueOf(json.get("state").asString().toUpperCase(Locale.ROOT)),
        json.get("retries").asInt(),
        Instant.parse(json.get("next_retry").asString()),
        Instant.parse(json.get("failed_at").asString()),
        json.get("error").asString(),
        document.version());
  }
}

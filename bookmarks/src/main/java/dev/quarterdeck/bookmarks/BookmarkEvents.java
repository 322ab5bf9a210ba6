package dev.quarterdeck.bookmarks;

import dev.quarterdeck.events.EventFactory;
import dev.quarterdeck.store.NewEvent;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Makes the events of this slice. They say what changed and in which version, not the content:
/// that stands in the store.
final class BookmarkEvents {
  private final EventFactory factory;

  BookmarkEvents(EventFactory factory) {
    this.factory = factory;
  }

  NewEvent of(BookmarkChange.Type type, Bookmark bookmark) {
    ObjectNode payload =
        JsonNodeFactory.instance
            .objectNode()
            .put("owner", bookmark.owner())
            .put("version", bookmark.version() + 1)
            .put("status", bookmark.status().label());
    return event(type.label(), BookmarkChange.TOPIC, bookmark.id(), bookmark.owner(), payload);
  }

  NewEvent of(String type, Tag tag) {
    ObjectNode payload =
        JsonNodeFactory.instance
            .objectNode()
            .put("owner", tag.owner())
            .put("version", tag.version() + 1)
            .put("name", tag.name());
    tag.mergedInto().ifPresent(into -> payload.put("merged_into", into));
    return event(type, BookmarkChange.TAG_TOPIC, tag.id(), tag.owner(), payload);
  }

  NewEvent of(String type, BookmarkCollection collection) {
    ObjectNode payload =
        JsonNodeFactory.instance
            .objectNode()
            .put("owner", collection.owner())
            .put("version", collection.version() + 1)
            .put("name", collection.name());
    return event(
        type, BookmarkChange.COLLECTION_TOPIC, collection.id(), collection.owner(), payload);
  }

  private NewEvent event(String type, String topic, String id, String owner, ObjectNode payload) {
    return factory.event(type, id, Optional.of(owner), payload).toEvent(topic);
  }
}

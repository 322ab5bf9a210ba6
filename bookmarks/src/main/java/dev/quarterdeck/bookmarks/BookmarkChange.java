package dev.quarterdeck.bookmarks;

import dev.quarterdeck.events.EventEnvelope;
import dev.quarterdeck.store.EventJournal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// A change of a bookmark, as the journal of [BookmarkKinds#AREA] tells it.
///
/// @param position in the journal
/// @param id of the bookmark
/// @param version of the bookmark after the change; when deleted, the last one and one more
/// @param status of the bookmark after the change
public record BookmarkChange(
    long position, String id, Type type, String owner, long version, Status status, Instant time) {
  /// Topic of the events of bookmarks; their key is the bookmark's id.
  public static final String TOPIC = "bookmarks";

  /// Topic of the events of tags.
  public static final String TAG_TOPIC = "bookmark_tags";

  /// Topic of the events of collections.
  public static final String COLLECTION_TOPIC = "bookmark_collections";

  /// The change that an entry tells of; empty when it is of something else.
  ///
  /// @throws IllegalStateException the entry is damaged
  public static Optional<BookmarkChange> of(EventJournal.Entry entry) {
    if (!entry.event().topic().equals(TOPIC)) {
      return Optional.empty();
    }
    EventEnvelope event = EventEnvelope.of(entry.event());
    Type type = Type.of(event.eventType()).orElseThrow(() -> unreadable(event, "event_type"));
    Status status =
        Status.of(event.payload().path("status").asString(""))
            .orElseThrow(() -> unreadable(event, "status"));
    return Optional.of(
        new BookmarkChange(
            entry.position(),
            event.aggregateId(),
            type,
            event.payload().path("owner").asString(""),
            event.payload().path("version").asLong(0),
            status,
            event.timestamp()));
  }

  private static IllegalStateException unreadable(EventEnvelope event, String field) {
    return new IllegalStateException(
        "event %s: its %s is none that a bookmark's event has".formatted(event.eventId(), field));
  }

  /// What happened.
  public enum Type {
    CREATED,
    UPDATED,
    ARCHIVED,
    RESTORED,
    TRASHED,
    UNTRASHED,
    DELETED;

    /// Type of the event: `bookmark_created`.
    public String label() {
      return "bookmark_" + name().toLowerCase(Locale.ROOT);
    }

    static Optional<Type> of(String label) {
      return Arrays.stream(values()).filter(type -> type.label().equals(label)).findFirst();
    }

    /// What a step from one state to the next is called.
    static Type between(Status from, Status to) {
      if (from == to) {
        return UPDATED;
      }
      if (from == Status.TRASHED) {
        return UNTRASHED;
      }
      return switch (to) {
        case ACTIVE -> RESTORED;
        case ARCHIVED -> ARCHIVED;
        case TRASHED -> TRASHED;
      };
    }
  }
}

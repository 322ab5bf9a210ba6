package dev.quarterdeck.store;

import java.util.List;

/// A unit of work: one aggregate, the version it was read at, and the events that tell of the
/// change. State and events become durable together or not at all.
public sealed interface Change {
  Kind kind();

  String id();

  /// The version that the stored document must have; 0 when it must not exist.
  long expectedVersion();

  List<NewEvent> events();

  Urgency urgency();

  /// Writes a document whose version becomes `expectedVersion + 1`.
  ///
  /// @param document its version is ignored
  record Put(
      Kind kind, Document document, long expectedVersion, List<NewEvent> events, Urgency urgency)
      implements Change {
    public Put {
      events = List.copyOf(events);
    }

    @Override
    public String id() {
      return document.id();
    }
  }

  /// Removes a document.
  record Delete(Kind kind, String id, long expectedVersion, List<NewEvent> events, Urgency urgency)
      implements Change {
    public Delete {
      events = List.copyOf(events);
    }
  }

  /// Whether somebody waits for the commit. Interactive work goes before bulk work.
  enum Urgency {
    INTERACTIVE,
    BULK
  }
}

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

  /// Writes a document.
  ///
  /// @param document its version is ignored
  /// @param newVersion what its version becomes: one more than the expected one, or more when
  ///   several transitions become durable as one
  record Put(
      Kind kind,
      Document document,
      long expectedVersion,
      long newVersion,
      List<NewEvent> events,
      Urgency urgency)
      implements Change {
    public Put {
      if (newVersion <= expectedVersion) {
        throw new IllegalArgumentException(
            "newVersion: %d (expected: more than %d, the expected version)"
                .formatted(newVersion, expectedVersion));
      }
      events = List.copyOf(events);
    }

    /// Writes a document whose version becomes `expectedVersion + 1`.
    public Put(
        Kind kind,
        Document document,
        long expectedVersion,
        List<NewEvent> events,
        Urgency urgency) {
      this(kind, document, expectedVersion, expectedVersion + 1, events, urgency);
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

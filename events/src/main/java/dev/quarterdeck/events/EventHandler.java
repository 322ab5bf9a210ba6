package dev.quarterdeck.events;

import dev.quarterdeck.store.NewEvent;
import java.time.Duration;
import java.util.Set;

/// Reacts to events. It is called at least once for each event of its topics, in order within one
/// key, for several keys at once, each on a virtual thread. It is short (under a second) and
/// idempotent: a second delivery finds the aggregate already changed and does nothing.
public interface EventHandler {
  /// Name of the group, for ever the same; each group comes through all events once.
  String group();

  /// The topics that the handler wants.
  Set<String> topics();

  /// Whether there is anything to do about an event. Asked before each is brought here, under a
  /// lock and without waiting: it must answer at once.
  default boolean wants(NewEvent event) {
    return true;
  }

  /// How long events may be gathered, so that many are read together.
  default Duration gathering() {
    return Duration.ZERO;
  }

  /// Reacts to one event. A failure has the event delivered again later.
  void handle(EventEnvelope event) throws Exception;
}

package dev.quarterdeck.events;

import java.util.Set;

/// Reacts to events. It is called at least once for each event of its topics, in order within one
/// key, for several keys at once, each on a virtual thread. It is short (under a second) and
/// idempotent: a second delivery finds the aggregate already changed and does nothing.
public interface EventHandler {
  /// Name of the group, for ever the same; each group comes through all events once.
  String group();

  /// The topics that the handler wants.
  Set<String> topics();

  /// Whether the handler does anything with events of a type; others are not brought to it. Always
  /// the same for the same type.
  default boolean wants(String type) {
    return true;
  }

  /// Reacts to one event. A failure has the event delivered again later.
  void handle(EventEnvelope event) throws Exception;
}

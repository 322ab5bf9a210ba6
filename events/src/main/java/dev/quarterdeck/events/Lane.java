package dev.quarterdeck.events;

import dev.quarterdeck.store.EventJournal.Entry;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The events of one key on their way to one group, one at a time. Guarded by the lock of its
/// [GroupRunner].
final class Lane {
  /// Topic and key.
  record Key(String topic, String key) {}

  final Key key;

  /// From the journal, not yet tried.
  final Queue<Entry> fresh = new ArrayDeque<>();

  /// Durably put aside, by position.
  final TreeMap<Long, FailedEvent> parked = new TreeMap<>();

  /// The thread that works on the lane.
  @Nullable Thread worker;

  /// When the scheduler will wake the lane.
  @Nullable Instant wakeAt;

  Lane(Key key) {
    this.key = key;
  }

  /// What is to be done next, if anything now.
  @Nullable Step next(Instant now) {
    Entry entry = fresh.peek();
    if (parked.isEmpty()) {
      return entry == null ? null : new Step.Try(entry);
    }
    FailedEvent head = parked.firstEntry().getValue();
    boolean due =
        switch (head.state()) {
          case PENDING -> !head.nextRetry().isAfter(now);
          case WAITING -> true;
          case DEAD -> throw new IllegalStateException(head.id() + " is dead and blocks its key");
        };
    if (due) {
      return new Step.TryAgain(head);
    }
    return entry == null ? null : new Step.PutBehind(entry);
  }

  /// One piece of work.
  sealed interface Step {
    /// Deliver an event for the first time.
    record Try(Entry entry) implements Step {}

    /// Deliver an event that was put aside.
    record TryAgain(FailedEvent event) implements Step {}

    /// Put an event aside that must wait for an earlier one.
    record PutBehind(Entry entry) implements Step {}
  }
}

package dev.quarterdeck.store;

import java.time.Instant;
import java.util.List;

/// The durable sequence of all events of one area, in the order of their commits. Any number of
/// threads may call it.
public interface EventJournal {
  /// Entries after a position, in order, at most `limit`.
  List<Entry> read(long after, int limit);

  /// The entries of one aggregate after a position, in order.
  List<Entry> readKey(String topic, String key, long after, int limit);

  /// Position of the last entry, 0 when there is none.
  long last();

  /// How far a group of handlers has come; 0 at first.
  long cursor(String group);

  /// Remembers how far a group has come. Durable some time after the return: a group may see
  /// entries again after a crash.
  void saveCursor(String group, long position);

  /// Calls the listener after every commit that appended events, from the committing thread; the
  /// listener must return at once.
  void listen(Runnable listener);

  /// Deletes up to `limit` entries older than a time, and answers how many.
  int deleteBefore(Instant time, int limit);

  /// An event with its place in the journal.
  record Entry(long position, Instant time, NewEvent event) {}
}

package dev.quarterdeck.bookmarks;

import dev.quarterdeck.store.EventJournal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What changed of one owner's bookmarks since a place in the journal. Safe for all threads.
public final class ChangeFeed {
  private static final int READ_AT_ONCE = 1_000;
  private static final int READ_AT_MOST = 20_000;

  private final EventJournal journal;

  ChangeFeed(EventJournal journal) {
    this.journal = journal;
  }

  /// The place after all changes so far.
  public long now() {
    return journal.last();
  }

  /// The changes after a place, the last of each bookmark, in order.
  ///
  /// @param limit greatest number of changes
  /// @throws dev.quarterdeck.runtime.ProblemException 409 when changes in between are no longer
  ///   kept, 400 when the place is yet to come
  public Changes since(String owner, long since, int limit) {
    long last = journal.last();
    if (since < 0 || since > last) {
      throw BookmarkProblems.invalid(
          "since", "since: %d (expected: next_since of an earlier answer)".formatted(since));
    }
    Map<String, BookmarkChange> changes = new LinkedHashMap<>();
    long at = since;
    while (at < last && changes.size() < limit && at - since < READ_AT_MOST) {
      List<EventJournal.Entry> entries = journal.read(at, READ_AT_ONCE);
      if (entries.isEmpty() || (at == since && entries.getFirst().position() > since + 1)) {
        throw BookmarkProblems.changesExpired(
            entries.isEmpty() ? last : entries.getFirst().position());
      }
      at = take(owner, entries, limit, changes);
    }
    return new Changes(new ArrayList<>(changes.values()), at, at < last);
  }

  private static long take(
      String owner,
      List<EventJournal.Entry> entries,
      int limit,
      Map<String, BookmarkChange> changes) {
    long at = 0;
    for (EventJournal.Entry entry : entries) {
      at = entry.position();
      BookmarkChange.of(entry)
          .filter(change -> change.owner().equals(owner))
          .ifPresent(
              change -> {
                changes.remove(change.id());
                changes.put(change.id(), change);
              });
      if (changes.size() >= limit) {
        break;
      }
    }
    return at;
  }

  /// Changes.
  ///
  /// @param next the place after them
  /// @param more whether there may be more
  public record Changes(List<BookmarkChange> changes, long next, boolean more) {
    public Changes {
      changes = List.copyOf(changes);
    }
  }
}

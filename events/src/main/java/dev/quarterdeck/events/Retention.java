package dev.quarterdeck.events;

import dev.quarterdeck.store.EventJournal;
import dev.quarterdeck.store.EventJournal.Entry;
import dev.quarterdeck.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes events older than EVENT_RETENTION_DAYS and dead letters older than DLQ_RETENTION_DAYS,
/// in small steps, at the start and then each hour. An event that a group has not passed yet stays,
/// whatever its age; the next sweep then comes after seconds.
public final class Retention {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
  private static final Duration INTERVAL = Duration.ofHours(1);
  private static final Duration WHEN_HELD_BACK = Duration.ofSeconds(5);
  private static final int DELETED_AT_ONCE = 500;

  private final EventJournal journal;
  private final List<String> groups;
  private final EventSettings settings;
  private final DeadLetters deadLetters;
  private final InstantSource clock;
  private final Scheduler scheduler;
  private boolean heldBack;

  /// @param groups the groups that must have passed an event before it is deleted
  public Retention(
      EventJournal journal,
      List<String> groups,
      EventSettings settings,
      DeadLetters deadLetters,
      InstantSource clock,
      Scheduler scheduler) {
    this.journal = journal;
    this.groups = List.copyOf(groups);
    this.settings = settings;
    this.deadLetters = deadLetters;
    this.clock = clock;
    this.scheduler = scheduler;
  }

  /// Sweeps now and from then on, on the scheduler's thread.
  public void start() {
    scheduler.at(
        clock.instant(),
        () -> {
          try {
            sweep();
          } catch (StoreException failure) {
            LOG.error("old events not deleted, next try in an hour: {}", failure.getMessage());
          }
          scheduler.at(clock.instant().plus(heldBack ? WHEN_HELD_BACK : INTERVAL), this::start);
        });
  }

  /// Deletes what is too old, and answers how many events and dead letters that was.
  public int sweep() {
    Instant cut = clock.instant().minus(settings.eventRetentionDays());
    long passed = groups.stream().mapToLong(journal::cursor).min().orElse(Long.MAX_VALUE);
    List<Entry> firstNeeded = passed == Long.MAX_VALUE ? List.of() : journal.read(passed, 1);
    heldBack = !firstNeeded.isEmpty() && firstNeeded.getFirst().time().isBefore(cut);
    if (heldBack) {
      cut = firstNeeded.getFirst().time();
    }
    int events = 0;
    int deleted;
    do {
      deleted = journal.deleteBefore(cut, DELETED_AT_ONCE);
      events += deleted;
    } while (deleted == DELETED_AT_ONCE);
    int letters = deadLetters.sweep();
    if (events + letters > 0) {
      LOG.info("deleted {} events and {} dead letters past their retention", events, letters);
    }
    return events + letters;
  }
}

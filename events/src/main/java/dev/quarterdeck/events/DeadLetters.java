package dev.quarterdeck.events;

import dev.quarterdeck.events.FailedEvent.State;
import dev.quarterdeck.store.Documents;
import dev.quarterdeck.store.Kind;
import dev.quarterdeck.store.Query;
import dev.quarterdeck.store.VersionConflict;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Events that no retry could save, kept until somebody retries or discards them or their time is
/// over. Also shows what is still being retried. Any number of threads may call it.
public final class DeadLetters {
  /// Where failed events are stored; the store must be opened with it.
  public static final Kind KIND = FailedEvents.KIND;

  private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
  private static final int SWEPT_AT_ONCE = 200;

  private final FailedEvents failedEvents;
  private final DlqSettings settings;
  private final InstantSource clock;
  private final List<Consumer<Crossing>> listeners = new CopyOnWriteArrayList<>();
  private final Map<String, Consumer<FailedEvent>> groups = new ConcurrentHashMap<>();
  private Status status;

  public DeadLetters(Documents documents, DlqSettings settings, InstantSource clock) {
    this.failedEvents = new FailedEvents(documents);
    this.settings = settings;
    this.clock = clock;
    this.status = statusAt(failedEvents.count(State.DEAD));
  }

  /// One page of dead letters, the latest first.
  public Listing list(int limit, Optional<Query.Cursor> from) {
    return listing(State.DEAD, limit, from);
  }

  /// One page of events that are still being retried, the latest failure first.
  public Listing pending(int limit, Optional<Query.Cursor> from) {
    return listing(State.PENDING, limit, from);
  }

  private Listing listing(State state, int limit, Optional<Query.Cursor> from) {
    Documents.Page page = failedEvents.page(state, limit, from);
    return new Listing(page.documents().stream().map(FailedEvents::read).toList(), page.next());
  }

  /// The dead letter with this id.
  public Optional<FailedEvent> find(String id) {
    return failedEvents.find(id).filter(event -> event.state() == State.DEAD);
  }

  /// Has a dead letter handled again at once; its retries count from the beginning.
  ///
  /// @return whether there is such a dead letter
  public boolean retry(String id) {
    Optional<FailedEvent> found = find(id);
    if (found.isEmpty()) {
      return false;
    }
    FailedEvent dead = found.get();
    Instant now = clock.instant();
    try {
      FailedEvent revived = failedEvents.save(dead.pending(0, now, dead.failedAt(), dead.error()));
      check();
      Consumer<FailedEvent> group = groups.get(dead.group());
      if (group != null) {
        group.accept(revived);
      }
      return true;
    } catch (VersionConflict somebodyWasFaster) {
      return false;
    }
  }

  /// Deletes a dead letter.
  ///
  /// @return whether there was one
  public boolean discard(String id) {
    Optional<FailedEvent> found = find(id);
    if (found.isEmpty()) {
      return false;
    }
    try {
      failedEvents.remove(found.get());
    } catch (VersionConflict somebodyWasFaster) {
      return false;
    }
    check();
    return true;
  }

  /// How many dead letters there are.
  public long depth() {
    return failedEvents.count(State.DEAD);
  }

  /// What health says of the depth.
  public synchronized Status status() {
    return status;
  }

  /// Calls the listener once each time that the status changes, from the thread that caused it.
  public void listen(Consumer<Crossing> listener) {
    listeners.add(listener);
  }

  /// Deletes dead letters that are older than DLQ_RETENTION_DAYS, and answers how many.
  public int sweep() {
    Instant cut = clock.instant().minus(settings.retentionDays());
    int deleted = 0;
    List<FailedEvent> old = failedEvents.deadBefore(cut, SWEPT_AT_ONCE);
    while (!old.isEmpty()) {
      for (FailedEvent event : old) {
        try {
          failedEvents.remove(event);
          deleted++;
        } catch (VersionConflict retriedMeanwhile) {
          LOG.debug("{} was retried while it was to be deleted", event.id());
        }
      }
      old = failedEvents.deadBefore(cut, SWEPT_AT_ONCE);
    }
    check();
    return deleted;
  }

  FailedEvents failedEvents() {
    return failedEvents;
  }

  /// Sends revived events of a group to its runner.
  void connect(String group, Consumer<FailedEvent> runner) {
    groups.put(group, runner);
  }

  void disconnect(String group) {
    groups.remove(group);
  }

  /// Compares the depth with the thresholds; called after each change.
  void check() {
    Crossing crossing;
    synchronized (this) {
      long depth = failedEvents.count(State.DEAD);
      Status now = statusAt(depth);
      if (now == status) {
        return;
      }
      crossing = new Crossing(status, now, depth);
      status = now;
    }
    for (Consumer<Crossing> listener : listeners) {
      try {
        listener.accept(crossing);
      } catch (RuntimeException failure) {
        LOG.error("a listener of the dead letters failed", failure);
      }
    }
  }

  private Status statusAt(long depth) {
    if (depth >= settings.criticalThreshold()) {
      return Status.CRITICAL;
    }
    return depth >= settings.warningThreshold() ? Status.WARNING : Status.OK;
  }

  /// What the number of dead letters means.
  public enum Status {
    OK,
    WARNING,
    CRITICAL
  }

  /// A change of the status.
  public record Crossing(Status from, Status to, long depth) {}

  /// A page.
  ///
  /// @param next where the following page starts; empty at the end
  public record Listing(List<FailedEvent> events, Optional<Query.Cursor> next) {
    public Listing {
      events = List.copyOf(events);
    }
  }
}

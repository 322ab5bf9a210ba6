package dev.quarterdeck.events;

import dev.quarterdeck.store.EventJournal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Delivers the events of a journal to handlers, signalled by each commit: at least once, in order
/// within one key, several keys at once. A failed event is tried again with back-off while other
/// keys go on, later events of its key wait behind it, and after DLQ_RETRY_MAX_ATTEMPTS retries it
/// becomes a dead letter. All of that survives a restart.
///
/// One thread starts and closes it; the store is closed after it.
public final class HandlerRunner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HandlerRunner.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(2);

  private final Delivery delivery;
  private final List<GroupRunner> groups = new ArrayList<>();

  /// @param deadLetters of the same store as the journal
  /// @param scheduler wakes retries when they are due
  public HandlerRunner(
      EventJournal journal,
      DeadLetters deadLetters,
      KafkaSettings kafka,
      DlqSettings dlq,
      DeliveryMode mode,
      InstantSource clock,
      Scheduler scheduler) {
    this.delivery =
        new Delivery(
            journal,
            deadLetters,
            kafka.maxPollRecords(),
            new Backoff(dlq, new Random()),
            mode,
            clock,
            scheduler);
  }

  /// Starts delivery, for each group from where it had come to.
  public void start(List<EventHandler> handlers) {
    Set<String> names = new HashSet<>();
    for (EventHandler handler : handlers) {
      if (!names.add(handler.group())) {
        throw new IllegalArgumentException(
            "group: %s is there twice (expected: one handler per group)"
                .formatted(handler.group()));
      }
    }
    for (EventHandler handler : handlers) {
      GroupRunner group = new GroupRunner(handler, delivery);
      groups.add(group);
      group.start();
      delivery.journal().listen(group::wake);
    }
    groups.forEach(GroupRunner::wake);
  }

  /// Whether every event so far is handled or put aside, and no handler runs. For tests and for
  /// readiness.
  public boolean idle() {
    return groups.stream().allMatch(GroupRunner::idle);
  }

  /// Lets running handlers finish, interrupts those that take over 5 seconds, and ends. What was
  /// interrupted is delivered again at the next start.
  @Override
  public void close() {
    groups.forEach(GroupRunner::stop);
    long patience = System.nanoTime() + PATIENCE.toNanos();
    int running = groups.stream().mapToInt(group -> group.awaitEnd(patience)).sum();
    if (running > 0) {
      groups.forEach(GroupRunner::interrupt);
      long end = System.nanoTime() + AFTER_INTERRUPT.toNanos();
      int stuck = groups.stream().mapToInt(group -> group.awaitEnd(end)).sum();
      LOG.warn("{} event handlers were interrupted, {} of them do not end", running, stuck);
    }
  }
}

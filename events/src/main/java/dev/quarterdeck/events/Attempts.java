package dev.quarterdeck.events;

import dev.quarterdeck.events.FailedEvent.State;
import dev.quarterdeck.store.EventJournal.Entry;
import dev.quarterdeck.store.NewEvent;
import dev.quarterdeck.store.VersionConflict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Performs single steps: calls the handler, and writes down what failed before anybody forgets it.
final class Attempts {
  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);
  private static final int ERROR_LENGTH = 2_000;

  private final EventHandler handler;
  private final Delivery delivery;

  Attempts(EventHandler handler, Delivery delivery) {
    this.handler = handler;
    this.delivery = delivery;
  }

  /// @throws dev.quarterdeck.store.StoreException what failed could not be written down; the step
  ///   is to be repeated
  Result perform(Lane.Step step, BooleanSupplier closing) {
    return switch (step) {
      case Lane.Step.Try(Entry entry) -> {
        Outcome outcome = call(entry.event(), closing);
        yield settle(fresh(entry), outcome);
      }
      case Lane.Step.TryAgain(FailedEvent event) -> settle(event, call(event.event(), closing));
      case Lane.Step.PutBehind(Entry entry) -> save(fresh(entry));
    };
  }

  private Outcome call(NewEvent event, BooleanSupplier closing) {
    try {
      handler.handle(EventEnvelope.of(event));
      return new Outcome.Handled();
    } catch (UnreadableEvent hopeless) {
      return new Outcome.Hopeless(String.valueOf(hopeless.getMessage()));
    } catch (Exception | Error failure) {
      if (closing.getAsBoolean()
          && (failure instanceof InterruptedException || Thread.currentThread().isInterrupted())) {
        return new Outcome.Interrupted();
      }
      LOG.warn("group {}: {} of {} failed", handler.group(), event.type(), event.key(), failure);
      String why = failure.getClass().getSimpleName() + ": " + failure.getMessage();
      return new Outcome.Failed(writable(why));
    }
  }

  /// Short, and without halves of surrogate pairs, which JSON cannot carry.
  private static String writable(String text) {
    String cut = text.substring(0, Math.min(text.length(), ERROR_LENGTH));
    return new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private Result settle(FailedEvent event, Outcome outcome) {
    Instant now = delivery.clock().instant();
    return switch (outcome) {
      case Outcome.Handled handled ->
          event.version() == 0 ? new Result.Done(event.position()) : remove(event);
      case Outcome.Interrupted interrupted -> new Result.Abandoned();
      case Outcome.Hopeless(String why) -> bury(event.dead(now, why));
      case Outcome.Failed(String why) -> {
        int retry = event.retries() + 1;
        yield delivery.backoff().allows(retry)
            ? save(event.pending(retry, now.plus(delivery.backoff().delay(retry)), now, why))
            : bury(event.dead(now, why));
      }
    };
  }

  private Result bury(FailedEvent dead) {
    Result result = save(dead);
    delivery.deadLetters().check();
    return result;
  }

  private Result save(FailedEvent event) {
    try {
      FailedEvent saved = delivery.deadLetters().failedEvents().save(event);
      return saved.state() == State.DEAD
          ? new Result.Done(saved.position())
          : new Result.Parked(saved);
    } catch (VersionConflict changedMeanwhile) {
      return event.version() == 0 ? new Result.Settled() : current(event);
    }
  }

  private Result remove(FailedEvent event) {
    try {
      delivery.deadLetters().failedEvents().remove(event);
      return new Result.Done(event.position());
    } catch (VersionConflict changedMeanwhile) {
      return current(event);
    }
  }

  /// Somebody else changed the event: their state counts.
  private Result current(FailedEvent event) {
    Optional<FailedEvent> stored = delivery.deadLetters().failedEvents().find(event.id());
    return stored.isEmpty() || stored.get().state() == State.DEAD
        ? new Result.Done(event.position())
        : new Result.Parked(stored.get());
  }

  private FailedEvent fresh(Entry entry) {
    Instant now = delivery.clock().instant();
    return new FailedEvent(
        handler.group() + ":" + entry.position(),
        handler.group(),
        entry.position(),
        entry.event(),
        State.WAITING,
        0,
        now,
        now,
        "",
        0);
  }

  /// What a step led to.
  sealed interface Result {
    /// Handled, or dead: it blocks nothing.
    record Done(long position) implements Result {}

    /// Durably put aside.
    record Parked(FailedEvent event) implements Result {}

    /// A repetition of an event that has been put aside before.
    record Settled() implements Result {}

    /// The process is stopping; the event will be delivered again.
    record Abandoned() implements Result {}
  }

  private sealed interface Outcome {
    record Handled() implements Outcome {}

    record Failed(String why) implements Outcome {}

    record Hopeless(String why) implements Outcome {}

    record Interrupted() implements Outcome {}
  }
}

package dev.quarterdeck.store.sqlite;

import dev.quarterdeck.store.DuplicateValue;
import dev.quarterdeck.store.StoreException;
import dev.quarterdeck.store.VersionConflict;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// A unit on its way through the writer. The caller waits in [#await]; everything else is called by
/// the writer's thread.
final class Job<T> {
  private final Unit<T> unit;
  private final boolean appendsEvents;
  private final CompletableFuture<Outcome<T>> done = new CompletableFuture<>();
  private @Nullable Outcome<T> outcome;

  Job(Unit<T> unit, boolean appendsEvents) {
    this.unit = unit;
    this.appendsEvents = appendsEvents;
  }

  /// Runs the unit so that its failure takes back its own work only.
  ///
  /// @throws SQLException the transaction around it is lost
  void run(Session session) throws SQLException {
    outcome = null;
    session.run("SAVEPOINT unit");
    try {
      outcome = new Outcome.Success<>(unit.run(session));
    } catch (Exception | Error failure) {
      outcome = new Outcome.Failure<>(failure);
      if (failure instanceof SQLException) {
        session.forgetStatements();
      }
      session.run("ROLLBACK TO unit");
    }
    session.run("RELEASE unit");
  }

  /// Runs the unit in a transaction of its own.
  ///
  /// @return whether it succeeded; otherwise the transaction is to be taken back
  /// @throws SQLException the transaction is lost
  boolean runAlone(Session session) throws SQLException {
    outcome = null;
    try {
      outcome = new Outcome.Success<>(unit.run(session));
      return true;
    } catch (Exception | Error failure) {
      outcome = new Outcome.Failure<>(failure);
      if (failure instanceof SQLException lost) {
        throw lost;
      }
      return false;
    }
  }

  /// The transaction is durable: the caller learns the unit's own outcome.
  ///
  /// @return whether events were appended
  boolean committed() {
    Outcome<T> own = outcome;
    if (own == null) {
      throw new IllegalStateException("a unit was committed that did not run");
    }
    done.complete(own);
    return appendsEvents && own instanceof Outcome.Success;
  }

  /// The transaction is lost: the caller learns why, the unit's own failure first.
  void lost(Throwable cause) {
    done.complete(outcome instanceof Outcome.Failure<T> own ? own : new Outcome.Failure<>(cause));
  }

  /// Waits until the work is durable. An interrupt does not end the wait, because the work would go
  /// on without anybody who knows its outcome.
  T await(Path file) throws VersionConflict, DuplicateValue {
    Outcome<T> known;
    try {
      known = done.join();
    } catch (CompletionException impossible) {
      throw new IllegalStateException("the writer completes normally only", impossible);
    }
    return switch (known) {
      case Outcome.Success<T>(T value) -> value;
      case Outcome.Failure<T>(Throwable failure) -> throw rethrow(file, failure);
    };
  }

  /// Waits until nothing will become of it any more.
  void awaitEnd() {
    var unused = done.join();
  }

  private static RuntimeException rethrow(Path file, Throwable failure)
      throws VersionConflict, DuplicateValue {
    switch (failure) {
      case VersionConflict conflict -> throw conflict;
      case DuplicateValue duplicate -> throw duplicate;
      case SQLException engine -> throw Faults.of(file, engine);
      case IllegalArgumentException misuse -> throw misuse;
      default ->
          throw new StoreException("%s: the change failed: %s".formatted(file, failure), failure);
    }
  }

  private sealed interface Outcome<T> {
    record Success<T>(T value) implements Outcome<T> {}

    record Failure<T>(Throwable failure) implements Outcome<T> {}
  }
}

package dev.quarterdeck.executions;

import dev.quarterdeck.store.Change;
import dev.quarterdeck.store.Document;
import dev.quarterdeck.store.Documents;
import dev.quarterdeck.store.DuplicateValue;
import dev.quarterdeck.store.Query;
import dev.quarterdeck.store.Query.Condition;
import dev.quarterdeck.store.VersionConflict;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Reads and commits executions. Every commit tells those who watch.
final class ExecutionStore {
  private static final int MAX_CONFLICTS = 100;
  private final Documents documents;
  private final ExecutionEvents events;
  private final Signals signals;
  private final OpenExecutions open = new OpenExecutions();

  ExecutionStore(Documents documents, ExecutionEvents events, Signals signals) {
    this.documents = documents;
    this.events = events;
    this.signals = signals;
  }

  Optional<Execution> find(String id) {
    return documents.find(ExecutionDocuments.KIND, id).map(ExecutionDocuments::read);
  }

  /// The same without a read where this process made its newest version: at least as new as any
  /// version that was signalled.
  Optional<Execution> latest(String id) {
    return open.latest(id).or(() -> find(id));
  }

  Optional<Execution> findByKey(String idempotencyKey) {
    Query query =
        new Query(
            ExecutionDocuments.KIND,
            List.of(new Query.Equal(ExecutionDocuments.KEY, idempotencyKey)),
            "id",
            false,
            1,
            Optional.empty());
    return documents.find(query).documents().stream().findFirst().map(ExecutionDocuments::read);
  }

  /// A page of executions by the time of their request.
  Page page(
      List<Condition> conditions, boolean newestFirst, int limit, Optional<Query.Cursor> from) {
    Documents.Page page =
        documents.find(
            new Query(
                ExecutionDocuments.KIND,
                conditions,
                ExecutionDocuments.CREATED,
                newestFirst,
                limit,
                from));
    return new Page(page.documents(), page.next());
  }

  long count(List<Condition> conditions) {
    return documents.count(ExecutionDocuments.KIND, conditions);
  }

  /// Makes the next version durable, with its events.
  void commit(Execution execution) throws VersionConflict, DuplicateValue {
    commit(execution, execution.version() - 1);
  }

  private void commit(Execution execution, long before) throws VersionConflict, DuplicateValue {
    Change change =
        new Change.Put(
            ExecutionDocuments.KIND,
            ExecutionDocuments.write(execution),
            before,
            execution.version(),
            events.eventsSince(execution, before),
            Change.Urgency.INTERACTIVE);
    Optional<Execution> committed = Optional.empty();
    open.begin(execution.id());
    try {
      documents.commit(change);
      committed = Optional.of(execution);
    } finally {
      open.end(execution.id(), committed);
    }
    signals.state(execution);
  }

  /// Applies a transition to the stored version, again and again while other writes come first.
  ///
  /// @return the version that was committed; empty when there is no such execution or the
  ///   transition is not legal (any more)
  Optional<Execution> update(String id, Function<Execution, Optional<Execution>> transition) {
    Optional<Execution> known = open.latest(id).flatMap(transition);
    for (int conflicts = 0; conflicts < MAX_CONFLICTS; conflicts++) {
      Optional<Execution> next = known.or(() -> find(id).flatMap(transition));
      if (next.isEmpty()) {
        return next;
      }
      known = Optional.empty();
      try {
        commit(next.get());
        return next;
      } catch (VersionConflict otherCameFirst) {
        Thread.onSpinWait();
      } catch (DuplicateValue impossible) {
        throw new IllegalStateException(
            "execution %s: its own key is taken by another one".formatted(id), impossible);
      }
    }
    throw new IllegalStateException(
        "execution %s: %d writes came first, giving up".formatted(id, MAX_CONFLICTS));
  }

  /// The newest version where this process made it.
  Optional<Execution> known(String id) {
    return open.latest(id);
  }

  /// Makes a next version of what exists durable, unless another write came first.
  boolean tryCommit(Execution execution) {
    return tryCommit(execution, execution.version() - 1);
  }

  /// Makes all transitions since a version durable as one, unless another write came first.
  ///
  /// @param before the version that is stored
  boolean tryCommit(Execution execution, long before) {
    try {
      commit(execution, before);
      return true;
    } catch (VersionConflict otherCameFirst) {
      return false;
    } catch (DuplicateValue impossible) {
      throw new IllegalStateException(
          "execution %s: its own key is taken by another one".formatted(execution.id()),
          impossible);
    }
  }

  /// Removes an execution that has ended.
  boolean delete(Execution execution, Change.Urgency urgency) {
    try {
      documents.commit(
          new Change.Delete(
              ExecutionDocuments.KIND, execution.id(), execution.version(), List.of(), urgency));
      signals.deleted(execution.id());
      return true;
    } catch (VersionConflict gone) {
      return false;
    } catch (DuplicateValue impossible) {
      throw new IllegalStateException("a deletion has no values", impossible);
    }
  }

  /// A page and where the next one starts.
  record Page(List<Document> documents, Optional<Query.Cursor> next) {
    Page {
      documents = List.copyOf(documents);
    }

    List<Execution> executions() {
      return from(0);
    }

    /// Those from an index on.
    List<Execution> from(long index) {
      return documents.stream().skip(index).map(ExecutionDocuments::read).toList();
    }
  }
}

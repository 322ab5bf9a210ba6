package dev.quarterdeck.accounts;

import dev.quarterdeck.store.Change;
import dev.quarterdeck.store.Document;
import dev.quarterdeck.store.Documents;
import dev.quarterdeck.store.DuplicateValue;
import dev.quarterdeck.store.Kind;
import dev.quarterdeck.store.NewEvent;
import dev.quarterdeck.store.Query;
import dev.quarterdeck.store.VersionConflict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// Aggregates of one type over their documents. A change is a pure transition of what is stored:
/// when another write comes first, it is read and tried again. Safe for all threads.
final class Aggregates<T> {
  private static final int ATTEMPTS = 100;
  private static final int PAGE = 500;
  private static final int KEPT = 1_000;

  private final Documents documents;
  private final Kind kind;
  private final Class<T> type;
  private final Function<T, Map<String, Object>> indexed;
  private final Map<String, Parsed<T>> parsed = new ConcurrentHashMap<>();

  /// @param indexed the values of the kind's declared fields
  Aggregates(
      Documents documents, Kind kind, Class<T> type, Function<T, Map<String, Object>> indexed) {
    this.documents = documents;
    this.kind = kind;
    this.type = type;
    this.indexed = indexed;
  }

  Optional<T> find(String id) {
    return documents.find(kind, id).map(this::value);
  }

  /// The one with this value in a unique field.
  Optional<T> findBy(String field, String value) {
    return page(List.of(new Query.Equal(field, value)), field, 1, Optional.empty())
        .documents()
        .stream()
        .findFirst()
        .map(this::value);
  }

  /// All that meet the conditions, in ascending order of a field.
  List<T> all(List<Query.Condition> conditions, String sort) {
    List<T> all = new ArrayList<>();
    Optional<Query.Cursor> from = Optional.empty();
    do {
      Documents.Page page = page(conditions, sort, PAGE, from);
      page.documents().forEach(document -> all.add(value(document)));
      from = page.next();
    } while (from.isPresent());
    return all;
  }

  /// Commits a transition of what is stored under the id, with its events.
  ///
  /// @param transition from the present state (empty: there is none) to the next; empty when
  ///   nothing is to change. Called again after another write came first, so without side effects
  /// @return the state after it
  /// @throws DuplicateValue a unique field has this value in another aggregate
  Optional<T> change(String id, Function<Optional<T>, Optional<Step<T>>> transition)
      throws DuplicateValue {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<Document> stored = documents.find(kind, id);
      Optional<T> before = stored.map(this::value);
      Optional<Step<T>> step = transition.apply(before);
      if (step.isEmpty()) {
        return before;
      }
      T next = step.get().next();
      long version = stored.map(Document::version).orElse(0L);
      try {
        documents.commit(
            new Change.Put(
                kind,
                new Document(id, version, indexed.apply(next), Json.write(next)),
                version,
                step.get().events(),
                Change.Urgency.INTERACTIVE));
        return Optional.of(next);
      } catch (VersionConflict another) {
        Thread.onSpinWait();
      }
    }
    throw AccountProblems.contended(kind.name());
  }

  /// As [#change], for transitions that touch no unique field.
  Optional<T> changeInPlace(String id, Function<Optional<T>, Optional<Step<T>>> transition) {
    try {
      return change(id, transition);
    } catch (DuplicateValue impossible) {
      throw new IllegalStateException("The transition changed no unique field", impossible);
    }
  }

  /// Removes it when it is there.
  void delete(String id) {
    documents.find(kind, id).ifPresent(document -> remove(document, Change.Urgency.INTERACTIVE));
  }

  /// Removes a few whose time in a field is over; those that change meanwhile stay.
  void sweep(String timeField, Instant now, int limit) {
    page(
            List.of(new Query.Range(timeField, null, now.toEpochMilli())),
            timeField,
            limit,
            Optional.empty())
        .documents()
        .forEach(document -> remove(document, Change.Urgency.BULK));
  }

  private void remove(Document document, Change.Urgency urgency) {
    try {
      documents.commit(
          new Change.Delete(kind, document.id(), document.version(), List.of(), urgency));
    } catch (VersionConflict anotherCameFirst) {
      if (urgency == Change.Urgency.INTERACTIVE) {
        delete(document.id());
      }
    } catch (DuplicateValue impossible) {
      throw new IllegalStateException("A deletion duplicates nothing", impossible);
    }
  }

  private Documents.Page page(
      List<Query.Condition> conditions, String sort, int limit, Optional<Query.Cursor> from) {
    return documents.find(new Query(kind, conditions, sort, false, limit, from));
  }

  /// What a body says, taken apart once as long as it stays the same: every request of a user asks.
  private T value(Document document) {
    Parsed<T> known = parsed.get(document.id());
    if (known != null && Arrays.equals(known.body, document.body())) {
      return known.value;
    }
    T value = Json.read(document.body(), type);
    if (parsed.size() >= KEPT) {
      parsed.clear();
    }
    parsed.put(document.id(), new Parsed<>(document.body(), value));
    return value;
  }

  private static final class Parsed<T> {
    final byte[] body;
    final T value;

    Parsed(byte[] body, T value) {
      this.body = body;
      this.value = value;
    }
  }

  /// A transition's outcome: the next state, and the events that tell of it.
  record Step<T>(T next, List<NewEvent> events) {
    Step {
      events = List.copyOf(events);
    }

    static <T> Optional<Step<T>> to(T next, NewEvent... events) {
      return Optional.of(new Step<>(next, List.of(events)));
    }
  }
}

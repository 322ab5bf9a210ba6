package dev.quarterdeck.bookmarks;

import dev.quarterdeck.store.Change;
import dev.quarterdeck.store.Change.Urgency;
import dev.quarterdeck.store.Document;
import dev.quarterdeck.store.Documents;
import dev.quarterdeck.store.DuplicateValue;
import dev.quarterdeck.store.Kind;
import dev.quarterdeck.store.NewEvent;
import dev.quarterdeck.store.Query;
import dev.quarterdeck.store.VersionConflict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/// Records of one type over their documents. Safe for all threads.
final class Records<T> {
  private final Documents documents;
  private final Shape<T> shape;

  Records(Documents documents, Shape<T> shape) {
    this.documents = documents;
    this.shape = shape;
  }

  Optional<T> find(String id) {
    return documents.find(shape.kind, id).map(this::value);
  }

  /// Those with these ids, as far as there are any, in no particular order.
  List<T> findAll(Collection<String> ids) {
    return documents.findAll(shape.kind, ids).stream().map(this::value).toList();
  }

  /// The one with this value in a unique field.
  Optional<T> findBy(String field, String value) {
    Query query =
        new Query(
            shape.kind, List.of(new Query.Equal(field, value)), field, false, 1, Optional.empty());
    return documents.find(query).documents().stream().findFirst().map(this::value);
  }

  Page<T> page(
      List<Query.Condition> conditions,
      String sort,
      boolean descending,
      int limit,
      Optional<Query.Cursor> from) {
    Documents.Page page =
        documents.find(new Query(shape.kind, conditions, sort, descending, limit, from));
    return new Page<>(page.documents().stream().map(this::value).toList(), page.next());
  }

  /// Passes over records without reading them: where the following page starts.
  Optional<Query.Cursor> skip(
      List<Query.Condition> conditions,
      String sort,
      boolean descending,
      long count,
      Optional<Query.Cursor> from) {
    return documents.skip(new Query(shape.kind, conditions, sort, descending, 1, from), count);
  }

  /// As many as there are, in ascending order.
  List<T> all(List<Query.Condition> conditions, String sort) {
    List<T> all = new ArrayList<>();
    Optional<Query.Cursor> from = Optional.empty();
    do {
      Page<T> page = page(conditions, sort, false, 1_000, from);
      all.addAll(page.values());
      from = page.next();
    } while (from.isPresent());
    return all;
  }

  long count(List<Query.Condition> conditions) {
    return documents.count(shape.kind, conditions);
  }

  /// Makes a state durable; its version must be the stored one, 0 for a new record.
  ///
  /// @return the state with its new version
  T put(T next, List<NewEvent> events, Urgency urgency) throws VersionConflict, DuplicateValue {
    return shape.versioned.apply(next, documents.commit(change(next, events, urgency)));
  }

  /// What makes a state durable, for [#commitAll].
  Change prepared(T next, NewEvent event, Urgency urgency) {
    return change(next, List.of(event), urgency);
  }

  /// Makes many states durable, each for itself.
  ///
  /// @param prepared by [#prepared]
  List<Documents.Outcome> commitAll(List<Change> prepared) {
    return documents.commitAll(prepared);
  }

  /// Removes a state for ever; its version must be the stored one.
  void delete(T last, List<NewEvent> events, Urgency urgency) throws VersionConflict {
    try {
      documents.commit(
          new Change.Delete(
              shape.kind, shape.id.apply(last), shape.version.applyAsLong(last), events, urgency));
    } catch (DuplicateValue impossible) {
      throw new IllegalStateException("A deletion duplicates nothing", impossible);
    }
  }

  private Change change(T next, List<NewEvent> events, Urgency urgency) {
    long version = shape.version.applyAsLong(next);
    Document document =
        new Document(shape.id.apply(next), version, shape.indexed.apply(next), Json.write(next));
    return new Change.Put(shape.kind, document, version, events, urgency);
  }

  private T value(Document document) {
    return shape.versioned.apply(Json.read(document.body(), shape.type), document.version());
  }

  /// A page in an order.
  ///
  /// @param next where the following page starts; empty at the end
  record Page<T>(List<T> values, Optional<Query.Cursor> next) {}

  /// How records of a type are stored.
  ///
  /// @param indexed the values of the kind's declared fields
  /// @param versioned the record with a version
  record Shape<T>(
      Kind kind,
      Class<T> type,
      Function<T, String> id,
      ToLongFunction<T> version,
      Function<T, Map<String, Object>> indexed,
      Versioned<T> versioned) {}

  /// Gives a record its version.
  @FunctionalInterface
  interface Versioned<T> {
    T apply(T value, long version);
  }
}

package dev.quarterdeck.store;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Documents of declared kinds. All methods block the calling thread (virtual or not) and may be
/// called by any number of threads at once.
///
/// A failure of the engine itself (disk full, file damaged) is a [StoreException] whose message
/// names the file and the remedy; nothing is half-written then.
public interface Documents {
  /// The document with this id.
  Optional<Document> find(Kind kind, String id);

  /// The documents with these ids, as far as there are any, in no particular order.
  ///
  /// @param ids at most 1,000
  List<Document> findAll(Kind kind, Collection<String> ids);

  /// One page of the documents that meet all conditions.
  Page find(Query query);

  /// Where the page behind a number of documents starts, without reading them; empty when there are
  /// not as many.
  ///
  /// @param query its limit is ignored
  /// @param count at least 1
  Optional<Query.Cursor> skip(Query query, long count);

  /// How many documents meet all conditions.
  long count(Kind kind, List<Query.Condition> conditions);

  /// Makes the change durable and answers the new version (for a deletion, the last one). When this
  /// returns, the change survives the loss of the process.
  ///
  /// @throws VersionConflict the stored version is not the expected one
  /// @throws DuplicateValue a unique field has this value in another document
  long commit(Change change) throws VersionConflict, DuplicateValue;

  /// Makes many changes durable, each for itself: one that is refused does not touch the others.
  /// They are written in few transactions, but not in one. When this returns, every change that was
  /// committed survives the loss of the process.
  ///
  /// @param changes all of one urgency; at most 1,000
  /// @return what became of each, in the order of the changes
  List<Outcome> commitAll(List<Change> changes);

  /// What became of one change of many.
  sealed interface Outcome {
    /// It is durable.
    ///
    /// @param version as [#commit] answers it
    record Committed(long version) implements Outcome {}

    /// The stored version was not the expected one.
    record Conflicting(VersionConflict conflict) implements Outcome {}

    /// A unique field has this value in another document.
    record Duplicating(DuplicateValue duplicate) implements Outcome {}
  }

  /// A page of a query.
  ///
  /// @param next where the following page starts; empty at the end
  record Page(List<Document> documents, Optional<Query.Cursor> next) {
    public Page {
      documents = List.copyOf(documents);
    }
  }
}

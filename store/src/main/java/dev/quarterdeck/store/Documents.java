package dev.quarterdeck.store;

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

  /// One page of the documents that meet all conditions.
  Page find(Query query);

  /// How many documents meet all conditions.
  long count(Kind kind, List<Query.Condition> conditions);

  /// Makes the change durable and answers the new version (for a deletion, the last one). When this
  /// returns, the change survives the loss of the process.
  ///
  /// @throws VersionConflict the stored version is not the expected one
  /// @throws DuplicateValue a unique field has this value in another document
  long commit(Change change) throws VersionConflict, DuplicateValue;

  /// A page of a query.
  ///
  /// @param next where the following page starts; empty at the end
  record Page(List<Document> documents, Optional<Query.Cursor> next) {
    public Page {
      documents = List.copyOf(documents);
    }
  }
}

package dev.quarterdeck.bookmarks.linkding;

import dev.quarterdeck.http.Json;
import dev.quarterdeck.store.Change;
import dev.quarterdeck.store.Document;
import dev.quarterdeck.store.Documents;
import dev.quarterdeck.store.DuplicateValue;
import dev.quarterdeck.store.Kind;
import dev.quarterdeck.store.VersionConflict;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// One small document for each owner, changed as a whole. Safe for all threads.
final class OwnedLists<T> {
  private static final int ATTEMPTS = 100;

  private final Documents documents;
  private final Kind kind;
  private final Class<T> type;
  private final T empty;

  OwnedLists(Documents documents, Kind kind, Class<T> type, T empty) {
    this.documents = documents;
    this.kind = kind;
    this.type = type;
    this.empty = empty;
  }

  T of(String owner) {
    return documents.find(kind, owner).map(this::read).orElse(empty);
  }

  /// Changes it; the change is made again when another came first.
  T change(String owner, UnaryOperator<T> change) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<Document> stored = documents.find(kind, owner);
      long version = stored.map(Document::version).orElse(0L);
      T next = change.apply(stored.map(this::read).orElse(empty));
      try {
        documents.commit(
            new Change.Put(
                kind,
                new Document(owner, version, Map.of(), Json.bytes(next)),
                version,
                List.of(),
                Change.Urgency.INTERACTIVE));
        return next;
      } catch (VersionConflict anotherCameFirst) {
        Thread.onSpinWait();
      } catch (DuplicateValue impossible) {
        throw new IllegalStateException("no field is unique", impossible);
      }
    }
    throw new IllegalStateException(kind.name() + ": changed all the time");
  }

  private T read(Document document) {
    return Json.read(new String(document.body(), StandardCharsets.UTF_8), type);
  }
}

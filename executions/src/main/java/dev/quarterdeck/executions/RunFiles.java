package dev.quarterdeck.executions;

import dev.quarterdeck.store.Change;
import dev.quarterdeck.store.Document;
import dev.quarterdeck.store.Documents;
import dev.quarterdeck.store.DuplicateValue;
import dev.quarterdeck.store.Kind;
import dev.quarterdeck.store.VersionConflict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// The files that executions handed back, one document for each attempt that did. They are durable
/// before the execution is finished, and go when it is deleted.
final class RunFiles {
  static final Kind KIND = new Kind("main", "execution_files", List.of());

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Documents documents;

  RunFiles(Documents documents) {
    this.documents = documents;
  }

  private record Body(List<SourceFile> files) {}

  private static String id(String execution, int attempt) {
    return execution + "." + attempt;
  }

  /// Stores the files of an attempt; none need no document.
  void put(String execution, int attempt, List<SourceFile> files) {
    if (files.isEmpty()) {
      return;
    }
    String id = id(execution, attempt);
    Document document = new Document(id, 1, Map.of(), JSON.writeValueAsBytes(new Body(files)));
    try {
      documents.commit(new Change.Put(KIND, document, 0, List.of(), Change.Urgency.INTERACTIVE));
    } catch (VersionConflict | DuplicateValue impossible) {
      throw new IllegalStateException("files of " + id + " were stored before", impossible);
    }
  }

  /// The files of an attempt.
  List<SourceFile> of(String execution, int attempt) {
    return documents
        .find(KIND, id(execution, attempt))
        .map(document -> JSON.readValue(document.body(), Body.class).files())
        .orElse(List.of());
  }

  /// Deletes those of every attempt.
  void delete(Execution execution) {
    for (int attempt = 1; attempt <= execution.state().attempt(); attempt++) {
      Optional<Document> found = documents.find(KIND, id(execution.id(), attempt));
      if (found.isPresent()) {
        delete(found.get());
      }
    }
  }

  private void delete(Document document) {
    try {
      documents.commit(
          new Change.Delete(
              KIND, document.id(), document.version(), List.of(), Change.Urgency.BULK));
    } catch (VersionConflict | DuplicateValue gone) {
      // Another sweep deleted it.
      return;
    }
  }
}

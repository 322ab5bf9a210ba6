package dev.quarterdeck.bookmarks.jobs;

import dev.quarterdeck.http.Json;
import dev.quarterdeck.store.Change;
import dev.quarterdeck.store.Document;
import dev.quarterdeck.store.Documents;
import dev.quarterdeck.store.DuplicateValue;
import dev.quarterdeck.store.Kind;
import dev.quarterdeck.store.Query;
import dev.quarterdeck.store.VersionConflict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Jobs in the store. Safe for all threads.
final class JobStore {
  static final Kind KIND =
      new Kind(
          "bookmarks",
          "bookmark_job",
          List.of(Kind.text("owner"), Kind.text("open"), Kind.integer("finished_at")));

  private static final int ATTEMPTS = 100;
  private static final int PAGE = 500;

  private final Documents documents;

  JobStore(Documents documents) {
    this.documents = documents;
  }

  Optional<Job> find(String id) {
    return documents.find(KIND, id).map(JobStore::job);
  }

  void add(Job job) {
    try {
      documents.commit(put(job, 0));
    } catch (VersionConflict | DuplicateValue impossible) {
      throw new IllegalStateException("a new id is taken", impossible);
    }
  }

  /// Changes a job; the change is made again when another write came first.
  ///
  /// @return the job after it; empty when there is none
  Optional<Job> change(String id, UnaryOperator<Job> change) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<Document> stored = documents.find(KIND, id);
      if (stored.isEmpty()) {
        return Optional.empty();
      }
      Job next = change.apply(job(stored.get()));
      try {
        documents.commit(put(next, stored.get().version()));
        return Optional.of(next);
      } catch (VersionConflict anotherCameFirst) {
        Thread.onSpinWait();
      } catch (DuplicateValue impossible) {
        throw new IllegalStateException("no field of a job is unique", impossible);
      }
    }
    throw new IllegalStateException(id + ": the job is changed all the time");
  }

  /// Those of one user and type, the newest first.
  List<Job> of(String owner, String type, int limit) {
    return documents
        .find(
            new Query(
                KIND,
                List.of(new Query.Equal("owner", owner + "|" + type)),
                "id",
                true,
                limit,
                Optional.empty()))
        .documents()
        .stream()
        .map(JobStore::job)
        .toList();
  }

  long openOf(String owner) {
    return documents.count(KIND, List.of(new Query.Equal("open", owner)));
  }

  /// All that are not finished, the oldest first.
  List<Job> open() {
    List<Job> all = new ArrayList<>();
    Optional<Query.Cursor> from = Optional.empty();
    do {
      Documents.Page page =
          documents.find(
              new Query(KIND, List.of(new Query.Range("open", "", null)), "id", false, PAGE, from));
      page.documents().forEach(document -> all.add(job(document)));
      from = page.next();
    } while (from.isPresent());
    return all;
  }

  /// A few that finished before a time.
  List<Job> finishedBefore(Instant time, int limit) {
    return documents
        .find(
            new Query(
                KIND,
                List.of(new Query.Range("finished_at", 0L, time.toEpochMilli())),
                "finished_at",
                false,
                limit,
                Optional.empty()))
        .documents()
        .stream()
        .map(JobStore::job)
        .toList();
  }

  void delete(String id) {
    documents
        .find(KIND, id)
        .ifPresent(
            stored -> {
              try {
                documents.commit(
                    new Change.Delete(
                        KIND, id, stored.version(), List.of(), Change.Urgency.INTERACTIVE));
              } catch (VersionConflict | DuplicateValue changed) {
                delete(id);
              }
            });
  }

  private static Change put(Job job, long version) {
    Map<String, Object> indexed = new HashMap<>();
    indexed.put("owner", job.owner() + "|" + job.type());
    if (!job.finished()) {
      indexed.put("open", job.owner());
    }
    job.finishedAt().ifPresent(time -> indexed.put("finished_at", time.toEpochMilli()));
    Document document = new Document(job.id(), version, indexed, Json.bytes(job));
    return new Change.Put(KIND, document, version, List.of(), Change.Urgency.INTERACTIVE);
  }

  private static Job job(Document document) {
    return Json.read(new String(document.body(), StandardCharsets.UTF_8), Job.class);
  }
}

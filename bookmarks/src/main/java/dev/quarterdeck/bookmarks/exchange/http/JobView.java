package dev.quarterdeck.bookmarks.exchange.http;

import dev.quarterdeck.bookmarks.jobs.Job;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A job as its owner sees it.
///
/// @param total null when nobody knows yet
/// @param result what came of it so far; null at first
/// @param error why it failed; null when it did not
record JobView(
    String id,
    String type,
    String state,
    boolean cancelRequested,
    JsonNode options,
    long done,
    @Nullable Long total,
    @Nullable JsonNode result,
    @Nullable String error,
    int restarts,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt) {

  static JobView of(Job job) {
    JsonNode options = job.input().get("options");
    return new JobView(
        job.id(),
        job.type(),
        job.state().name().toLowerCase(Locale.ROOT),
        job.cancelRequested(),
        options == null ? job.input() : options,
        job.done(),
        job.total() < 0 ? null : job.total(),
        job.result(),
        job.error().orElse(null),
        job.restarts(),
        job.createdAt(),
        job.startedAt().orElse(null),
        job.finishedAt().orElse(null));
  }
}

package dev.quarterdeck.bookmarks;

import dev.quarterdeck.runtime.Problem;
import dev.quarterdeck.runtime.ProblemException;
import java.time.Duration;
import java.util.List;

/// The problems of this slice. Codes and messages are stable: clients read both.
public final class BookmarkProblems {
  private BookmarkProblems() {}

  /// Also for what belongs to somebody else: nobody learns that it exists.
  public static ProblemException noBookmark() {
    return new Problem.NotFound("bookmark_not_found", "Bookmark not found").raise();
  }

  public static ProblemException noTag() {
    return new Problem.NotFound("tag_not_found", "Tag not found").raise();
  }

  public static ProblemException noCollection() {
    return new Problem.NotFound("collection_not_found", "Collection not found").raise();
  }

  static ProblemException urlTaken() {
    return new Problem.Conflict("bookmark_exists", "A bookmark with this URL already exists")
        .raise();
  }

  static ProblemException otherRequest() {
    String message = "another request has used this key (expected: the same body, or a new key)";
    return new Problem.Invalid(
            "idempotency_key_reused",
            "Idempotency-Key: " + message,
            List.of(
                new Problem.Violation(
                    List.of("header", "Idempotency-Key"), message, "idempotency_key_reused")))
        .raise();
  }

  static ProblemException changesExpired(long oldest) {
    return new Problem.Conflict(
            "changes_expired",
            "since: changes that old are no longer kept, the oldest is at %d (expected: list everything again, then go on from the next_since of a request without since)"
                .formatted(oldest))
        .raise();
  }

  static ProblemException tagTaken(String name) {
    return new Problem.Conflict("tag_exists", "A tag with this name already exists: " + name)
        .raise();
  }

  static ProblemException changed(long expected, long actual) {
    return new Problem.Conflict(
            "version_conflict",
            "It is at version %d (expected: %d); read it again and repeat the change"
                .formatted(actual, expected))
        .raise();
  }

  static ProblemException contended() {
    return new Problem.Conflict(
            "too_many_writers", "Too many changes at the same time; repeat the change")
        .raise();
  }

  static ProblemException trashed() {
    return new Problem.InvalidState(
            "bookmark_trashed", "Bookmark is in the trash (expected: restore it first)")
        .raise();
  }

  static ProblemException notTrashed() {
    return new Problem.InvalidState(
            "bookmark_not_trashed", "Bookmark is not in the trash (expected: delete it first)")
        .raise();
  }

  static ProblemException notInCollection() {
    return new Problem.NotFound("bookmark_not_in_collection", "Bookmark not in collection").raise();
  }

  static ProblemException smart() {
    return new Problem.BadRequest(
            "collection_smart",
            "Collection is smart: its filter_rule selects the bookmarks (expected: a manual one)")
        .raise();
  }

  /// A rule of the fields is broken.
  static ProblemException invalid(String field, String what) {
    return new Problem.BadRequest("%s_invalid".formatted(field), what).raise();
  }

  static ProblemException noNumbers(String name) {
    return new Problem.Unavailable(
            "numbers_exhausted",
            "All numbers of %s are given out (at most: 2,147,483,647)".formatted(name),
            Duration.ofHours(1))
        .raise();
  }
}

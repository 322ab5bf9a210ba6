package dev.quarterdeck.production.source;

import java.time.Duration;
import java.util.Optional;

/// Why a source could not answer. The detail says what, where and what to do, and never holds a
/// credential.
public sealed interface SourceFault {
  /// The message for a person.
  String detail();

  /// Whether the same question may succeed later without anybody changing anything.
  default boolean passing() {
    return switch (this) {
      case RateLimited _, Unavailable _, Timeout _, Malformed _, OverBudget _, Cancelled _ -> true;
      case NotConfigured _, Unauthorized _, Forbidden _, NotFound _, TooLarge _, Unusable _ ->
          false;
    };
  }

  /// A setting that the source needs has no value; the detail names it.
  record NotConfigured(String detail) implements SourceFault {}

  /// The credentials are missing, wrong or expired.
  record Unauthorized(String detail) implements SourceFault {}

  /// The credentials are known and may not read this.
  record Forbidden(String detail) implements SourceFault {}

  /// There is no such repository or commit, or none that the credentials may see.
  record NotFound(String detail) implements SourceFault {}

  /// The host asks to wait.
  ///
  /// @param retryAfter how long, when the host said so
  record RateLimited(String detail, Optional<Duration> retryAfter) implements SourceFault {}

  /// The host cannot be reached or answers with an error of its own.
  record Unavailable(String detail) implements SourceFault {}

  /// No answer came in time.
  record Timeout(String detail) implements SourceFault {}

  /// The answer is not what the interface promises.
  record Malformed(String detail) implements SourceFault {}

  /// The answer is cut or refused for its size: another source must be asked.
  record TooLarge(String detail) implements SourceFault {}

  /// The call's request budget is used up.
  record OverBudget(String detail) implements SourceFault {}

  /// The caller's thread was interrupted; its flag stays set.
  record Cancelled(String detail) implements SourceFault {}

  /// The repository cannot serve as a source: not a repository, shallow, damaged.
  record Unusable(String detail) implements SourceFault {}
}

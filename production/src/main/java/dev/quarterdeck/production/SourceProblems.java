package dev.quarterdeck.production;

import dev.quarterdeck.production.source.SourceFault;
import dev.quarterdeck.runtime.Problem;
import java.time.Duration;

/// What a caller is told when the source cannot answer.
public final class SourceProblems {
  private static final Duration SOON = Duration.ofSeconds(5);

  private SourceProblems() {}

  /// The fault as a problem. Wrong or missing settings are the server's affair, not the caller's,
  /// and so are 503 like an unreachable host.
  public static Problem of(SourceFault fault) {
    String detail = fault.detail();
    return switch (fault) {
      case SourceFault.NotConfigured _ ->
          new Problem.Unavailable("source_not_configured", detail, Duration.ofMinutes(1));
      case SourceFault.Unauthorized _ ->
          new Problem.Unavailable("source_unauthorized", detail, Duration.ofMinutes(1));
      case SourceFault.Forbidden _ ->
          new Problem.Unavailable("source_forbidden", detail, Duration.ofMinutes(1));
      case SourceFault.NotFound _ -> new Problem.NotFound("source_not_found", detail);
      case SourceFault.RateLimited limited ->
          new Problem.Unavailable(
              "source_rate_limited", detail, limited.retryAfter().orElse(Duration.ofMinutes(1)));
      case SourceFault.Unavailable _ -> new Problem.Unavailable("source_unavailable", detail, SOON);
      case SourceFault.Timeout _ -> new Problem.Unavailable("source_timeout", detail, SOON);
      case SourceFault.Malformed _ -> new Problem.Unavailable("source_malformed", detail, SOON);
      case SourceFault.TooLarge _ ->
          new Problem.Unavailable("source_too_large", detail, Duration.ofMinutes(1));
      case SourceFault.OverBudget _ ->
          new Problem.Unavailable("source_over_budget", detail, Duration.ofMinutes(1));
      case SourceFault.Cancelled _ -> new Problem.Unavailable("cancelled", detail, SOON);
      case SourceFault.Unusable _ ->
          new Problem.Unavailable("source_unusable", detail, Duration.ofMinutes(1));
    };
  }
}

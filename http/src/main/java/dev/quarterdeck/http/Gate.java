package dev.quarterdeck.http;

import dev.quarterdeck.runtime.Problem;
import dev.quarterdeck.runtime.ProblemException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Lets a request in, or not: who calls, whether the call is within the rate limit, whether the
/// caller may.
final class Gate {
  private final Authenticator authenticator;
  private final Optional<Principal> localUser;
  private final @Nullable RateLimiter limiter;

  /// @param limiter none when the limit is not enforced
  Gate(Authenticator authenticator, Optional<Principal> localUser, @Nullable RateLimiter limiter) {
    this.authenticator = authenticator;
    this.localUser = localUser;
    this.limiter = limiter;
  }

  /// What the limiter said, for the headers of the answer; empty when the request is not counted.
  Optional<RateLimiter.Remaining> pass(Exchange exchange, RequestHead head) {
    ProblemException refused = null;
    try {
      exchange.identify(identify(exchange, head));
    } catch (ProblemException wrongCredentials) {
      refused = wrongCredentials;
    }
    Optional<RateLimiter.Outcome> counted = count(exchange);
    if (counted.isPresent() && !counted.get().allowed()) {
      throw new Limited(counted.get());
    }
    if (refused != null && exchange.route().access() != Route.Access.OPEN) {
      throw refused;
    }
    authorize(exchange);
    return counted.map(RateLimiter.Outcome::remaining);
  }

  /// Whether the caller of a request that was let in would be let in again. Trouble of the store is
  /// no reason to end what was allowed.
  boolean stillAllowed(Exchange exchange, RequestHead head) {
    try {
      return exchange.route().access() == Route.Access.OPEN || identify(exchange, head).isPresent();
    } catch (ProblemException revoked) {
      return false;
    } catch (RuntimeException unknown) {
      return true;
    }
  }

  private Optional<Principal> identify(Exchange exchange, RequestHead head) {
    Optional<Principal> caller = authenticator.authenticate(exchange);
    if (caller.isEmpty()
        && exchange.route().access() == Route.Access.LOCAL_USER
        && LocalAccess.allows(head.peer(), head::header)) {
      return localUser;
    }
    return caller;
  }

  private Optional<RateLimiter.Outcome> count(Exchange exchange) {
    if (limiter == null
        || exchange.route().rateClass() == Route.RateClass.EXEMPT
        || !(exchange.route().pattern().startsWith("/api/")
            || exchange.route().family() == Route.Family.LINKDING)) {
      return Optional.empty();
    }
    return Optional.of(
        limiter.count(
            exchange
                .caller()
                .map(RateLimiter::key)
                .orElseGet(() -> RateLimiter.key(exchange.clientAddress()))));
  }

  private static void authorize(Exchange exchange) {
    Route.Access access = exchange.route().access();
    if (access == Route.Access.OPEN) {
      return;
    }
    if (exchange.caller().isEmpty()) {
      throw new Problem.Unauthenticated("not_authenticated", "Not authenticated: log in first")
          .raise();
    }
    if (access == Route.Access.ADMIN && !exchange.principal().admin()) {
      throw new Problem.Forbidden("admin_required", "Only administrators may do this").raise();
    }
  }

  /// The call is over the limit.
  static final class Limited extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient RateLimiter.Outcome outcome;

    Limited(RateLimiter.Outcome outcome) {
      super("rate limited", null, false, false);
      this.outcome = outcome;
    }

    RateLimiter.Outcome outcome() {
      return outcome;
    }
  }
}

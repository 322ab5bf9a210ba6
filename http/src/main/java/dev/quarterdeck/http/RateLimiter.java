package dev.quarterdeck.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.quarterdeck.runtime.Problem;
import dev.quarterdeck.settings.units.RateLimit;
import dev.quarterdeck.settings.units.RateLimits;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.VerboseResult;
import io.github.bucket4j.local.LocalBucketBuilder;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// Counts calls against `RATE_LIMITS`: one set of token buckets per user, else per client address
/// (per /64 for IPv6, of which one client has as many addresses as it likes). Tokens come back
/// evenly over the period. Memory is bounded: buckets unused for a whole period are full again, and
/// dropped. Safe for all threads.
final class RateLimiter {
  private static final long MAX_CALLERS = 100_000;

  private final List<RateLimit> limits;
  private final Cache<String, Bucket> buckets;

  RateLimiter(RateLimits limits) {
    this.limits = limits.limits();
    Duration longest =
        this.limits.stream().map(RateLimit::period).max(Duration::compareTo).orElseThrow();
    this.buckets =
        Caffeine.newBuilder().maximumSize(MAX_CALLERS).expireAfterAccess(longest).build();
  }

  static String key(InetAddress address) {
    byte[] bytes = address.getAddress();
    return "address "
        + HexFormat.of()
            .formatHex(address instanceof Inet6Address ? Arrays.copyOf(bytes, 8) : bytes);
  }

  static String key(Principal principal) {
    return "user " + principal.userId();
  }

  /// What remains after a call.
  ///
  /// @param limit of the tightest limit
  /// @param remaining calls that the tightest limit still allows
  /// @param reset when the tightest limit has forgotten everything
  record Remaining(long limit, long remaining, Instant reset) {
    Response addTo(Response response) {
      return response
          .header("X-RateLimit-Limit", Long.toString(limit))
          .header("X-RateLimit-Remaining", Long.toString(remaining))
          .header("X-RateLimit-Reset", Long.toString(reset.getEpochSecond()));
    }
  }

  /// The outcome of counting a call.
  ///
  /// @param retryAfter zero when the call is allowed
  record Outcome(Remaining remaining, Duration retryAfter) {
    boolean allowed() {
      return retryAfter.isZero();
    }

    Problem problem() {
      return new Problem.Throttled(
          "rate_limited",
          "Rate limit exceeded: at most %d calls per period (RATE_LIMITS); try again in %s s"
              .formatted(remaining.limit, ErrorTable.seconds(retryAfter)),
          retryAfter);
    }
  }

  /// Counts a call.
  Outcome count(String key) {
    Bucket bucket = buckets.get(key, fresh -> bucket());
    VerboseResult<ConsumptionProbe> result = bucket.asVerbose().tryConsumeAndReturnRemaining(1);
    long[] available = result.getDiagnostics().getAvailableTokensPerEachBandwidth();
    int tightest = 0;
    for (int i = 1; i < available.length; i++) {
      if (available[i] < available[tightest]) {
        tightest = i;
      }
    }
    RateLimit limit = limits.get(tightest);
    long remaining = Math.max(0, available[tightest]);
    double missing = (double) (limit.permits() - remaining) / limit.permits();
    Instant reset = Instant.now().plusNanos((long) (limit.period().toNanos() * missing));
    ConsumptionProbe probe = result.getValue();
    Duration wait =
        probe.isConsumed()
            ? Duration.ZERO
            : Duration.ofNanos(Math.max(1, probe.getNanosToWaitForRefill()));
    return new Outcome(new Remaining(limit.permits(), remaining, reset), wait);
  }

  private Bucket bucket() {
    LocalBucketBuilder builder = Bucket.builder();
    for (RateLimit limit : limits) {
      builder.addLimit(
          each -> each.capacity(limit.permits()).refillGreedy(limit.permits(), limit.period()));
    }
    return builder.build();
  }
}

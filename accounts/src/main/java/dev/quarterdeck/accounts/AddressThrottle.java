package dev.quarterdeck.accounts;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Bounds the failed logins from one address, whatever the names: 50 at once, one more each 18
/// seconds. An IPv6 network of 64 bits counts as one address, since its owner has them all. In
/// memory, of this process, for the 10,000 addresses seen last. Safe for all threads.
final class AddressThrottle {
  private static final int FAILURES = 50;
  private static final Duration PERIOD = Duration.ofMinutes(15);
  private static final int ADDRESSES = 10_000;

  private final TimeMeter meter;
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > ADDRESSES;
        }
      };

  AddressThrottle(InstantSource clock) {
    this.meter = new ClockMeter(clock);
  }

  /// @throws dev.quarterdeck.runtime.ProblemException 429 when the address has failed too often
  void check(InetAddress address) {
    long wait = bucket(address).estimateAbilityToConsume(1).getNanosToWaitForRefill();
    if (wait > 0) {
      throw AccountProblems.throttled(Duration.ofNanos(wait));
    }
  }

  void failed(InetAddress address) {
    bucket(address).tryConsume(1);
  }

  /// The text under which an address is counted.
  static String key(InetAddress address) {
    byte[] bytes = address.getAddress();
    return HexFormat.of()
        .formatHex(address instanceof Inet6Address ? Arrays.copyOf(bytes, 8) : bytes);
  }

  private Bucket bucket(InetAddress address) {
    synchronized (buckets) {
      return buckets.computeIfAbsent(
          key(address),
          _ ->
              Bucket.builder()
                  .addLimit(limit -> limit.capacity(FAILURES).refillGreedy(FAILURES, PERIOD))
                  .withCustomTimePrecision(meter)
                  .build());
    }
  }

  private record ClockMeter(InstantSource clock) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return TimeUnit.MILLISECONDS.toNanos(clock.millis());
    }

    @Override
    public boolean isWallClockBased() {
      return true;
    }
  }
}

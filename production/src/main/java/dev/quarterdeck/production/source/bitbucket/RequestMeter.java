package dev.quarterdeck.production.source.bitbucket;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// Counts what was asked of Bitbucket since the start. Safe for all threads.
public final class RequestMeter {
  private final LongAdder sent = new LongAdder();
  private final LongAdder retries = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final Map<Integer, LongAdder> statuses = new ConcurrentHashMap<>();

  void started(boolean again) {
    sent.increment();
    if (again) {
      retries.increment();
    }
    inFlight.incrementAndGet();
  }

  void answered(int status) {
    statuses.computeIfAbsent(status, _ -> new LongAdder()).increment();
  }

  void received(long count) {
    bytes.add(count);
  }

  void ended() {
    inFlight.decrementAndGet();
  }

  /// The counts now.
  public Reading read() {
    Map<Integer, Long> counts = new TreeMap<>();
    statuses.forEach((status, count) -> counts.put(status, count.sum()));
    return new Reading(sent.sum(), retries.sum(), inFlight.get(), bytes.sum(), counts);
  }

  /// Counts of one moment.
  ///
  /// @param sent requests, retries included
  /// @param retries of them, those that repeat another
  /// @param inFlight sent and not yet ended
  /// @param bytes of bodies, uncompressed
  /// @param statuses answers by status
  public record Reading(
      long sent, long retries, int inFlight, long bytes, Map<Integer, Long> statuses) {
    public Reading {
      statuses = Map.copyOf(statuses);
    }
  }
}

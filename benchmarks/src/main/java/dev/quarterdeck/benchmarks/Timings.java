package dev.quarterdeck.benchmarks;

import java.util.Arrays;

/// Times of one row, in nanoseconds.
///
/// @param sorted each run's time, the shortest first
/// @param wallNanos of the whole row
record Timings(long[] sorted, long wallNanos) {
  static Timings of(long[] unsorted, long wallNanos) {
    long[] sorted = unsorted.clone();
    Arrays.sort(sorted);
    return new Timings(sorted, wallNanos);
  }

  double medianMillis() {
    return sorted[sorted.length / 2] / 1e6;
  }

  double p95Millis() {
    return sorted[Math.min(sorted.length - 1, sorted.length * 95 / 100)] / 1e6;
  }

  double p99Millis() {
    return sorted[Math.min(sorted.length - 1, sorted.length * 99 / 100)] / 1e6;
  }

  double perSecond() {
    return sorted.length / (wallNanos / 1e9);
  }
}

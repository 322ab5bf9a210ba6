package dev.quarterdeck.production.source.bitbucket;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/// How often a request is tried, and the pauses between: 200 ms, doubled each time up to 5 s, of
/// which a random half to whole is waited, so that callers who failed together do not return
/// together.
final class Backoff {
  /// Attempts of one request, the first included.
  static final int ATTEMPTS = 4;

  private static final long FIRST_MILLIS = 200;
  private static final long LONGEST_MILLIS = 5_000;
  private final DoubleSupplier random;
  private final Pause pause;

  Backoff(DoubleSupplier random, Pause pause) {
    this.random = random;
    this.pause = pause;
  }

  /// The pause after the attempt of this number, from 1.
  Duration after(int attempt) {
    long whole = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(attempt - 1, 20));
    return Duration.ofMillis(whole / 2 + Math.round(whole / 2.0 * random.getAsDouble()));
  }

  void sleep(Duration time) throws InterruptedException {
    pause.sleep(time);
  }

  /// Lets time pass.
  @FunctionalInterface
  interface Pause {
    void sleep(Duration time) throws InterruptedException;
  }
}

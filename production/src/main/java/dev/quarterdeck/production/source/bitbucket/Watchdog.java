package dev.quarterdeck.production.source.bitbucket;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;

/// Ends attempts whose time is over by closing their connection, so that neither a hanging nor a
/// slowly dripping server keeps a caller. One thread for all.
final class Watchdog implements AutoCloseable {
  private final ScheduledThreadPoolExecutor timer;

  Watchdog() {
    timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("bitbucket-watchdog").factory());
    timer.setRemoveOnCancelPolicy(true);
  }

  /// Watches one attempt from now on.
  ///
  /// @param first until the first byte of the answer
  /// @param whole until its last byte
  Watch watch(HttpUriRequestBase request, Duration first, Duration whole) {
    return new Watch(request, timer, first, whole);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  /// Which time was over.
  enum Over {
    /// None: the attempt ended by itself.
    NONE,
    FIRST_BYTE,
    DEADLINE
  }

  /// The watch over one attempt.
  static final class Watch implements AutoCloseable {
    private final HttpUriRequestBase request;
    private final AtomicReference<Over> over = new AtomicReference<>(Over.NONE);
    private final ScheduledFuture<?> first;
    private final ScheduledFuture<?> whole;

    private Watch(
        HttpUriRequestBase request,
        ScheduledThreadPoolExecutor timer,
        Duration first,
        Duration whole) {
      this.request = request;
      this.first =
          timer.schedule(() -> end(Over.FIRST_BYTE), first.toNanos(), TimeUnit.NANOSECONDS);
      this.whole = timer.schedule(() -> end(Over.DEADLINE), whole.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void end(Over why) {
      if (over.compareAndSet(Over.NONE, why)) {
        request.cancel();
      }
    }

    /// The answer has begun.
    void begun() {
      first.cancel(false);
    }

    /// Which time was over, if any.
    Over over() {
      return Objects.requireNonNull(over.get());
    }

    @Override
    public void close() {
      first.cancel(false);
      whole.cancel(false);
    }
  }
}

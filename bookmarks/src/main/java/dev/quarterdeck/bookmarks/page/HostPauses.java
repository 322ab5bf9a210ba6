package dev.quarterdeck.bookmarks.page;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/// Keeps the requests to one host apart. Remembers no more hosts than it must.
final class HostPauses {
  private static final int HOSTS = 10_000;

  private final long pauseNanos;
  private final Cache<String, AtomicLong> next;

  HostPauses(Duration pause) {
    this.pauseNanos = pause.toNanos();
    this.next =
        Caffeine.newBuilder()
            .maximumSize(HOSTS)
            .expireAfterAccess(pause.multipliedBy(100).plusSeconds(1))
            .build();
  }

  /// Waits for this host's turn.
  void await(String host) throws InterruptedException {
    if (pauseNanos == 0) {
      return;
    }
    AtomicLong turn = next.get(host.toLowerCase(Locale.ROOT), ignored -> new AtomicLong(0));
    long now = System.nanoTime();
    long mine =
        turn.updateAndGet(before -> (before == 0 ? now : Math.max(now, before + pauseNanos)));
    if (mine > now) {
      Thread.sleep(Duration.ofNanos(mine - now));
    }
  }
}

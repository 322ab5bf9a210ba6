package dev.quarterdeck.bookmarks.page;

import dev.quarterdeck.bookmarks.Bookmark;
import dev.quarterdeck.bookmarks.BookmarkLists;
import dev.quarterdeck.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at each link again when it was not looked at for long, so that dead ones show. Off when
/// the time is zero.
final class LinkChecks implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LinkChecks.class);
  private static final int CHUNK = 500;
  private static final Duration ROUND = Duration.ofHours(1);

  private final BookmarkLists lists;
  private final PageUpdates updates;
  private final Duration every;
  private final InstantSource clock;
  private @Nullable Thread thread;

  /// @param every how old the last look may be
  LinkChecks(BookmarkLists lists, PageUpdates updates, Duration every, InstantSource clock) {
    this.lists = lists;
    this.updates = updates;
    this.every = every;
    this.clock = clock;
  }

  /// Starts the rounds.
  void start() {
    if (every.isPositive()) {
      thread = Thread.ofVirtual().name("link-checks").start(this::rounds);
    }
  }

  private void rounds() {
    try {
      while (true) {
        try {
          LOG.info("{} links are looked at again", round());
        } catch (StoreException failure) {
          LOG.warn("links are looked at again in an hour: {}", failure.getMessage());
        }
        Thread.sleep(ROUND);
      }
    } catch (InterruptedException closed) {
      LOG.debug("link checks end");
    }
  }

  /// Asks for every link that is due, as long as there is room.
  ///
  /// @return how many were asked for
  int round() {
    Instant due = clock.instant().minus(every);
    int asked = 0;
    String after = "";
    List<Bookmark> chunk = lists.everything(after, CHUNK);
    while (!chunk.isEmpty()) {
      for (Bookmark bookmark : chunk) {
        boolean isDue =
            !bookmark.trashed()
                && bookmark.page().fetchedAt().map(at -> at.isBefore(due)).orElse(true);
        if (isDue) {
          if (!updates.request(bookmark.owner(), bookmark.id())) {
            return asked;
          }
          asked++;
        }
      }
      after = chunk.getLast().id();
      chunk = lists.everything(after, CHUNK);
    }
    return asked;
  }

  @Override
  public void close() {
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }
}

package dev.quarterdeck.bookmarks.page;

import dev.quarterdeck.bookmarks.Bookmark;
import dev.quarterdeck.bookmarks.Bookmarks;
import dev.quarterdeck.bookmarks.PageMetadata;
import dev.quarterdeck.runtime.ProblemException;
import dev.quarterdeck.store.StoreException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads pages in the background and writes what they say into their bookmarks: title and
/// description only where the user left them empty. Nobody waits for it, and a bookmark is never
/// counted as modified by it. What waits is lost with the process; a bookmark without its page is
/// whole, and can be read again on demand. Safe for all threads.
final class PageUpdates implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PageUpdates.class);
  private static final int WORKERS = 4;
  private static final int WAITING = 10_000;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Bookmarks bookmarks;
  private final PageFetcher fetcher;
  private final IconFiles icons;
  private final InstantSource clock;
  private final BlockingQueue<Wanted> waiting = new LinkedBlockingQueue<>(WAITING);
  private final List<Thread> threads = new ArrayList<>();

  private record Wanted(String owner, String id) {}

  PageUpdates(Bookmarks bookmarks, PageFetcher fetcher, IconFiles icons, InstantSource clock) {
    this.bookmarks = bookmarks;
    this.fetcher = fetcher;
    this.icons = icons;
    this.clock = clock;
  }

  /// Starts the workers.
  void start() {
    for (int i = 1; i <= WORKERS; i++) {
      threads.add(Thread.ofVirtual().name("page-updates-" + i).start(this::work));
    }
  }

  /// Asks for the page of a bookmark to be read.
  ///
  /// @return whether it will be; not when too many wait
  boolean request(String owner, String id) {
    return waiting.offer(new Wanted(owner, id));
  }

  private void work() {
    try {
      while (true) {
        Wanted next = waiting.take();
        try {
          update(next);
        } catch (StoreException failure) {
          LOG.warn("what a page says could not be stored: {}", failure.getMessage());
        } catch (RuntimeException fault) {
          LOG.error("bookmark {}: reading its page met a fault", next.id(), fault);
        }
      }
    } catch (InterruptedException closed) {
      LOG.debug("reading pages ends");
    }
  }

  private void update(Wanted wanted) throws InterruptedException {
    Optional<Bookmark> found =
        bookmarks.find(wanted.owner(), wanted.id()).filter(bookmark -> !bookmark.trashed());
    if (found.isEmpty()) {
      return;
    }
    String url = found.get().url();
    PageMetadata read = read(url, found.get().page());
    try {
      bookmarks.update(
          wanted.owner(),
          wanted.id(),
          OptionalLong.empty(),
          draft -> {
            // It may lead elsewhere meanwhile.
            if (draft.url().equals(url)) {
              draft.page(read).keepModifiedAt();
              if (draft.title().isBlank()) {
                read.title().ifPresent(draft::title);
              }
              if (draft.description().isBlank()) {
                read.description().ifPresent(draft::description);
              }
            }
          });
    } catch (ProblemException goneMeanwhile) {
      LOG.debug("bookmark {}: {}", wanted.id(), goneMeanwhile.getMessage());
    }
  }

  private PageMetadata read(String url, PageMetadata before) throws InterruptedException {
    try {
      FetchedPage page = fetcher.page(URI.create(url));
      Optional<String> icon = page.icon().map(URI::toString);
      if (page.icon().isPresent()) {
        keepIcon(page.icon().get());
      }
      return new PageMetadata(
          page.title(),
          page.description(),
          icon,
          page.preview().map(URI::toString),
          Optional.of(clock.instant()),
          Optional.empty());
    } catch (FetchException failed) {
      return failure(failed.reason(), before);
    } catch (IllegalArgumentException noUri) {
      return failure("its address cannot be read", before);
    }
  }

  /// What was known of the page stays known when it cannot be read any more.
  private PageMetadata failure(String reason, PageMetadata before) {
    return new PageMetadata(
        before.title(),
        before.description(),
        before.favicon(),
        before.previewImage(),
        Optional.of(clock.instant()),
        Optional.of(reason));
  }

  private void keepIcon(URI address) throws InterruptedException {
    try {
      if (icons.find(address.toString()).isEmpty()) {
        icons.keep(address.toString(), fetcher.picture(address));
      }
    } catch (FetchException none) {
      LOG.debug("{}: {}", address, none.reason());
    } catch (IOException failed) {
      LOG.warn("an icon could not be kept: {}", failed.toString());
    }
  }

  /// Ends the workers, before what they read and write with is closed.
  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    try {
      for (Thread thread : threads) {
        if (!thread.join(PATIENCE)) {
          LOG.warn("{} does not end", thread.getName());
        }
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }
}

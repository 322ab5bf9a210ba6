package dev.quarterdeck.bookmarks;

import dev.quarterdeck.bookmarks.BookmarkLists.Page;
import dev.quarterdeck.bookmarks.BookmarkLists.Sort;
import dev.quarterdeck.store.StoreException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes removed tags off the bookmarks that still hold them, on a thread of its own, and goes on
/// after a restart. Nobody sees a difference: what a tag stands for is decided by [TagBook].
final class TagSweeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TagSweeper.class);
  private static final int CHUNK = 500;

  private final BlockingQueue<String> owners = new LinkedBlockingQueue<>();
  private @Nullable Thread thread;

  /// An owner has a removed tag.
  void sweep(String owner) {
    owners.add(owner);
  }

  void start(Tags tags, BookmarkLists lists, Bookmarks bookmarks) {
    owners.addAll(tags.unswept());
    thread = Thread.ofVirtual().name("tag-sweeper").start(() -> loop(tags, lists, bookmarks));
  }

  private void loop(Tags tags, BookmarkLists lists, Bookmarks bookmarks) {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        String owner = owners.take();
        try {
          sweep(owner, tags, lists, bookmarks);
        } catch (StoreException failure) {
          LOG.warn("removed tags stay on bookmarks until the next start: {}", failure.getMessage());
        }
      }
    } catch (InterruptedException closed) {
      LOG.debug("the sweep of tags ends");
    }
  }

  private static void sweep(String owner, Tags tags, BookmarkLists lists, Bookmarks bookmarks)
      throws InterruptedException {
    TagBook book = tags.of(owner);
    if (!book.hasRemoved()) {
      return;
    }
    Collection<Tag> removed = List.copyOf(book.removed());
    Set<String> ids = removed.stream().map(Tag::id).collect(Collectors.toSet());
    for (Status status : Status.values()) {
      Optional<String> cursor = Optional.empty();
      do {
        Page page = lists.of(owner, status, Sort.ADDED_ASCENDING, cursor, CHUNK);
        List<String> held =
            page.bookmarks().stream()
                .filter(bookmark -> bookmark.tags().stream().anyMatch(ids::contains))
                .map(Bookmark::id)
                .toList();
        bookmarks.retag(owner, held, book);
        cursor = page.next();
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      } while (cursor.isPresent());
    }
    removed.forEach(tags::forget);
  }

  @Override
  public void close() {
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }
}

package dev.quarterdeck.bookmarks.page;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.quarterdeck.bookmarks.Bookmark;
import dev.quarterdeck.bookmarks.BookmarkSettings;
import dev.quarterdeck.bookmarks.BookmarksSlice;
import dev.quarterdeck.bookmarks.PageMetadata;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Everything that reads pages: for new bookmarks in the background, for somebody who waits, for
/// old links again. Safe for all threads.
public final class Pages implements AutoCloseable {
  private static final int LOOKED_AT = 1_000;
  private static final Duration FRESH = Duration.ofMinutes(5);

  private final BookmarksSlice slice;
  private final BookmarkSettings settings;
  private final PageFetcher fetcher;
  private final IconFiles icons;
  private final PageUpdates updates;
  private final LinkChecks checks;
  private final Cache<String, PageMetadata> looked =
      Caffeine.newBuilder().maximumSize(LOOKED_AT).expireAfterWrite(FRESH).build();

  /// @param iconDirectory where icons are kept; made when absent
  public Pages(BookmarksSlice slice, BookmarkSettings settings, Path iconDirectory)
      throws IOException {
    this.slice = slice;
    this.settings = settings;
    this.fetcher = new PageFetcher(FetchRules.of(settings.fetchAllowHosts()));
    this.icons = new IconFiles(iconDirectory);
    this.updates = new PageUpdates(slice.bookmarks(), fetcher, icons, slice.clock());
    this.checks =
        new LinkChecks(
            slice.lists(), updates, Duration.ofDays(settings.linkCheckDays()), slice.clock());
  }

  /// Starts the workers.
  public void start() {
    updates.start();
    checks.start();
    if (settings.fetchPages()) {
      slice.readPages(bookmark -> updates.request(bookmark.owner(), bookmark.id()));
    }
  }

  /// Has the page of a bookmark read, now that somebody asks for it.
  ///
  /// @return whether it will be; not when too many wait
  public boolean read(Bookmark bookmark) {
    return updates.request(bookmark.owner(), bookmark.id());
  }

  /// Reads a page for somebody who waits. Never fails: what cannot be read is empty, with the
  /// reason.
  ///
  /// @param fresh whether what was read some minutes ago is not good enough
  public PageMetadata look(String url, boolean fresh) {
    if (!settings.fetchPages()) {
      return PageMetadata.NONE;
    }
    if (fresh) {
      looked.invalidate(url);
    }
    return looked.get(url, this::fetch);
  }

  private PageMetadata fetch(String url) {
    try {
      FetchedPage page = fetcher.page(URI.create(url));
      return new PageMetadata(
          page.title(),
          page.description(),
          page.icon().map(URI::toString),
          page.preview().map(URI::toString),
          Optional.of(slice.clock().instant()),
          Optional.empty());
    } catch (FetchException failed) {
      return unread(failed.reason());
    } catch (IllegalArgumentException noUri) {
      return unread("its address cannot be read");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return unread("the server is stopping");
    }
  }

  private PageMetadata unread(String reason) {
    return new PageMetadata(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(slice.clock().instant()),
        Optional.of(reason));
  }

  /// The icon of a bookmark's page, when it was read.
  public Optional<Picture> icon(Bookmark bookmark) throws IOException {
    Optional<String> address = bookmark.page().favicon();
    return address.isEmpty() ? Optional.empty() : icons.find(address.get());
  }

  @Override
  public void close() {
    checks.close();
    updates.close();
    fetcher.close();
  }
}

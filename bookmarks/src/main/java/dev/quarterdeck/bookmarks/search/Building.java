package dev.quarterdeck.bookmarks.search;

import dev.quarterdeck.bookmarks.search.SearchSource.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/// Builds an index from the store, a page at a time; the next page is read while one is indexed.
final class Building {
  private static final int PAGE = 500;

  private final SearchSource source;
  private final Executor reader;

  Building(SearchSource source, Executor reader) {
    this.source = source;
    this.reader = reader;
  }

  /// Fills a new index and commits it.
  ///
  /// @param position of the last event before the building began: what the index has for sure
  /// @param progress hears how many bookmarks are done
  /// @param stop when true the building ends early
  /// @return the index; empty when it was stopped
  Optional<LuceneIndex> build(
      Path directory, long position, LongConsumer progress, BooleanSupplier stop)
      throws IOException {
    LuceneIndex index = LuceneIndex.open(directory);
    boolean whole = false;
    try {
      long done = 0;
      CompletableFuture<Page> next = page(Optional.empty());
      for (Optional<Page> page = Optional.of(join(next)); page.isPresent(); ) {
        Page current = page.get();
        Optional<CompletableFuture<Page>> following =
            current.next().map(after -> page(Optional.of(after)));
        for (Indexed bookmark : current.bookmarks()) {
          // A change may move a bookmark to a later page while the pages are read.
          index.put(bookmark);
        }
        done += current.bookmarks().size();
        progress.accept(done);
        if (stop.getAsBoolean()) {
          return Optional.empty();
        }
        page = following.map(Building::join);
      }
      index.commit(position);
      whole = true;
      return Optional.of(index);
    } finally {
      if (!whole) {
        index.close();
      }
    }
  }

  private CompletableFuture<Page> page(Optional<String> after) {
    return CompletableFuture.supplyAsync(() -> source.page(after, PAGE), reader);
  }

  private static Page join(CompletableFuture<Page> page) {
    try {
      return page.join();
    } catch (CompletionException failure) {
      if (failure.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw failure;
    }
  }
}

package dev.quarterdeck.bookmarks;

import dev.quarterdeck.bookmarks.Bookmarks.Written;
import dev.quarterdeck.runtime.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/// Does many writes at once, so that the store commits them together.
final class Bulk {
  private static final int LIMIT = 1_000;

  private Bulk() {}

  static <T> List<Written> each(List<T> items, Function<T, Bookmark> write) {
    if (items.size() > LIMIT) {
      throw new IllegalArgumentException(
          "items: %d (expected: at most %d)".formatted(items.size(), LIMIT));
    }
    List<Future<Written>> running = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (T item : items) {
        running.add(executor.submit(() -> one(item, write)));
      }
    }
    return running.stream().map(Bulk::outcome).toList();
  }

  private static <T> Written one(T item, Function<T, Bookmark> write) {
    try {
      return new Written.Done(write.apply(item));
    } catch (ProblemException refused) {
      return new Written.Refused(refused.problem());
    }
  }

  private static Written outcome(Future<Written> ended) {
    try {
      return ended.get();
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("a write failed", failure.getCause());
    } catch (InterruptedException impossible) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the write has ended already", impossible);
    }
  }
}

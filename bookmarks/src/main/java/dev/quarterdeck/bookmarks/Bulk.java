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
  /// Greatest number of writes at once.
  static final int LIMIT = 1_000;

  private static final int SLICE = 125;

  private Bulk() {}

  /// Does the items in slices, so that one slice is made ready while another is committed. The
  /// outcomes stand in the order of the items.
  static <T> List<Written> slices(List<T> items, Function<List<T>, List<Written>> write) {
    checkSize(items);
    List<List<T>> slices = new ArrayList<>();
    for (int from = 0; from < items.size(); from += SLICE) {
      slices.add(items.subList(from, Math.min(items.size(), from + SLICE)));
    }
    return all(slices, write).stream().flatMap(List::stream).toList();
  }

  static <T> List<Written> each(List<T> items, Function<T, Bookmark> write) {
    checkSize(items);
    return all(items, item -> one(item, write));
  }

  private static void checkSize(List<?> items) {
    if (items.size() > LIMIT) {
      throw new IllegalArgumentException(
          "items: %d (expected: at most %d)".formatted(items.size(), LIMIT));
    }
  }

  /// Does the same with all items at once, and answers in their order when all have ended; throws
  /// what the first of them threw that failed.
  static <T, R> List<R> all(List<T> items, Function<T, R> write) {
    List<Future<R>> running = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (T item : items) {
        running.add(executor.submit(() -> write.apply(item)));
      }
    }
    return running.stream().map(Bulk::outcome).toList();
  }

  static <T> Written one(T item, Function<T, Bookmark> write) {
    try {
      return new Written.Done(write.apply(item));
    } catch (ProblemException refused) {
      return new Written.Refused(refused.problem());
    }
  }

  private static <R> R outcome(Future<R> ended) {
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

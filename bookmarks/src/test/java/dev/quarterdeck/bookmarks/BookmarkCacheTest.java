package dev.quarterdeck.bookmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.bookmarks.BookmarkSettings.Eviction;
import dev.quarterdeck.testing.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BookmarkCacheTest {
  private static final int THREADS = 64;
  private static final int LIMIT = 16;
  private static final String ANNA = "u-anna";

  @ParameterizedTest
  @EnumSource(Eviction.class)
  void neverHoldsMoreThanItMay(Eviction eviction, @TempDir Path directory)
      throws ExecutionException, InterruptedException {
    try (OpenSlice open = open(directory, LIMIT, eviction)) {
      List<String> ids = make(open, 100);
      List<Future<Integer>> running = new ArrayList<>();
      try (ExecutorService executor = Executors.newFixedThreadPool(THREADS)) {
        for (int i = 0; i < THREADS; i++) {
          running.add(executor.submit(() -> largest(open, ids)));
        }
      }
      for (Future<Integer> ended : running) {
        assertThat(ended.get()).isLessThanOrEqualTo(LIMIT);
      }
      CacheStatistics statistics = open.slice.cacheStatistics();
      assertThat(statistics.size()).isEqualTo(LIMIT);
      assertThat(statistics.evictions()).isPositive();
      assertThat(statistics.hits() + statistics.misses()).isEqualTo(THREADS * 200L);
    }
  }

  /// The largest size that one of the threads sees.
  private static int largest(OpenSlice open, List<String> ids) {
    int largest = 0;
    for (int i = 0; i < 200; i++) {
      String id = ids.get(ThreadLocalRandom.current().nextInt(ids.size()));
      var unused = open.bookmarks().get(ANNA, id);
      largest = Math.max(largest, open.slice.cacheStatistics().size());
    }
    return largest;
  }

  @ParameterizedTest
  @EnumSource(Eviction.class)
  void showsEveryWriteAtOnce(Eviction eviction, @TempDir Path directory)
      throws ExecutionException, InterruptedException {
    try (OpenSlice open = open(directory, LIMIT, eviction)) {
      String id = make(open, 1).getFirst();
      List<Future<Boolean>> readers = new ArrayList<>();
      try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < 4; i++) {
          readers.add(executor.submit(() -> neverGoesBack(open, id)));
        }
        for (int i = 1; i <= 100; i++) {
          String title = Integer.toString(i);
          open.bookmarks().update(ANNA, id, OptionalLong.empty(), draft -> draft.title(title));
          assertThat(open.bookmarks().get(ANNA, id).title()).isEqualTo(title);
        }
      }
      for (Future<Boolean> reader : readers) {
        assertThat(reader.get()).isTrue();
      }
    }
  }

  private static boolean neverGoesBack(OpenSlice open, String id) {
    long version = 0;
    for (int i = 0; i < 500; i++) {
      long now = open.bookmarks().get(ANNA, id).version();
      if (now < version) {
        return false;
      }
      version = now;
    }
    return true;
  }

  @ParameterizedTest
  @EnumSource(Eviction.class)
  void dropsEntriesWhenTheirTimeIsOver(Eviction eviction, @TempDir Path directory) {
    try (OpenSlice open = open(directory, LIMIT, eviction)) {
      String id = make(open, 1).getFirst();
      open.bookmarks().get(ANNA, id);
      open.bookmarks().get(ANNA, id);
      open.clock.advance(Duration.ofSeconds(60));
      open.bookmarks().get(ANNA, id);
      CacheStatistics statistics = open.slice.cacheStatistics();
      assertThat(statistics.hits()).isEqualTo(1);
      assertThat(statistics.misses()).isEqualTo(2);
      assertThat(statistics.expirations()).isEqualTo(1);
      assertThat(statistics.size()).isEqualTo(1);
    }
  }

  @Test
  void dropsWhatWasNotReadLongest(@TempDir Path directory) {
    try (OpenSlice open = open(directory, 2, Eviction.LRU)) {
      List<String> ids = make(open, 3);
      for (int index : List.of(0, 1, 0, 2, 0)) {
        open.bookmarks().get(ANNA, ids.get(index));
      }
      assertThat(open.slice.cacheStatistics().hits()).isEqualTo(2);
      open.bookmarks().get(ANNA, ids.get(1));
      assertThat(open.slice.cacheStatistics().hits()).isEqualTo(2);
      assertThat(open.slice.cacheStatistics().evictions()).isEqualTo(2);
    }
  }

  @Test
  void keepsNothingWhenItIsOff(@TempDir Path directory) {
    try (OpenSlice open = open(directory, 0, Eviction.LRU)) {
      String id = make(open, 1).getFirst();
      open.bookmarks().get(ANNA, id);
      open.bookmarks().get(ANNA, id);
      assertThat(open.slice.cacheStatistics().size()).isZero();
      assertThat(open.slice.cacheStatistics().hits()).isZero();
    }
  }

  @Test
  void givesNobodyWhatIsNotTheirs(@TempDir Path directory) {
    try (OpenSlice open = open(directory, LIMIT, Eviction.LRU)) {
      String id = make(open, 1).getFirst();
      open.bookmarks().get(ANNA, id);
      assertThat(open.bookmarks().find("u-bert", id)).isEmpty();
    }
  }

  private static OpenSlice open(Path directory, int limit, Eviction eviction) {
    return new OpenSlice(
        directory, TestClock.atNoon(), TestSettings.with(limit, Duration.ofSeconds(60), eviction));
  }

  private static List<String> make(OpenSlice open, int count) {
    List<BookmarkDraft> drafts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      drafts.add(BookmarkDraft.of("https://example.com/" + i));
    }
    return open.bookmarks().createAll(ANNA, drafts).stream()
        .map(written -> ((Bookmarks.Written.Done) written).bookmark().id())
        .toList();
  }
}

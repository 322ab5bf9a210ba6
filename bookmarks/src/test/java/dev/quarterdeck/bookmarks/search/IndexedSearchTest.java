package dev.quarterdeck.bookmarks.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarterdeck.bookmarks.Bookmark;
import dev.quarterdeck.bookmarks.BookmarkDraft;
import dev.quarterdeck.bookmarks.BookmarkSearch.Request;
import dev.quarterdeck.bookmarks.Status;
import dev.quarterdeck.bookmarks.Tag;
import dev.quarterdeck.bookmarks.Tags;
import dev.quarterdeck.bookmarks.Visibility;
import dev.quarterdeck.runtime.ProblemException;
import dev.quarterdeck.testing.Awaiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The search over a real store: in step, after restarts, after damage.
class IndexedSearchTest {
  @TempDir Path home;

  @Test
  void aSearchSeesEveryWriteBeforeIt() {
    try (SearchedSlice slice = SearchedSlice.open(home)) {
      for (int i = 0; i < 50; i++) {
        Bookmark made = slice.add("ann", "number" + i + "x");
        assertThat(slice.titles("ann", "number" + i + "x")).containsExactly("number" + i + "x");
        slice
            .bookmarks()
            .update("ann", made.id(), OptionalLong.empty(), draft -> draft.title("changed"));
        assertThat(slice.titles("ann", "title:number" + i + "x")).isEmpty();
      }
      assertThat(slice.titles("ann", "changed")).hasSize(50);
    }
  }

  @Test
  void neverShowsTheTrashNorWhatOthersHave() {
    try (SearchedSlice slice = SearchedSlice.open(home)) {
      Bookmark trashed = slice.add("ann", "secret one");
      Bookmark kept = slice.add("ann", "secret two");
      slice.add("bob", "secret three");
      slice.bookmarks().trash("ann", trashed.id(), OptionalLong.empty());
      assertThat(slice.titles("ann", "secret")).containsExactly("secret two");
      assertThat(slice.titles("ann", "not nothing")).containsExactly("secret two");
      assertThat(slice.titles("bob", "")).containsExactly("secret three");
      slice.bookmarks().untrash("ann", trashed.id());
      assertThat(slice.titles("ann", "secret")).containsExactly("secret two", "secret one");
      slice.bookmarks().deleteForEver("ann", kept.id(), OptionalLong.empty());
      assertThat(slice.titles("ann", "secret")).containsExactly("secret one");
    }
  }

  @Test
  void followsRenamedMergedAndDeletedTags() {
    try (SearchedSlice slice = SearchedSlice.open(home)) {
      slice.add("ann", "first", "dev/java");
      slice.add("ann", "second", "jvm");
      slice.add("bob", "third", "dev/java");
      assertThat(slice.titles("ann", "#dev")).containsExactly("first");
      Tag java = slice.tags().of("ann").named("dev/java").orElseThrow();
      Tag jvm = slice.tags().of("ann").named("jvm").orElseThrow();
      slice
          .tags()
          .update(
              "ann",
              java.id(),
              OptionalLong.empty(),
              new Tags.Edit(Optional.of("Languages/Java"), Optional.empty(), Optional.empty()));
      assertThat(slice.titles("ann", "#dev")).isEmpty();
      assertThat(slice.titles("ann", "#languages")).containsExactly("first");
      slice.tags().merge("ann", jvm.id(), java.id());
      assertThat(slice.titles("ann", "#languages/java")).containsExactly("second", "first");
      slice.tags().delete("ann", java.id());
      assertThat(slice.titles("ann", "#languages")).isEmpty();
      Awaiting.until(
          "the sweep takes the tag off", () -> slice.titles("ann", "!untagged").size() == 2);
    }
  }

  @Test
  void countsTheTagsOfAnOwner() {
    try (SearchedSlice slice = SearchedSlice.open(home)) {
      List<Bookmark> made = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        made.add(slice.add("ann", "b" + i, "every", "mod" + i % 3));
      }
      slice.add("bob", "other", "every");
      slice.bookmarks().trash("ann", made.get(0).id(), OptionalLong.empty());
      slice.bookmarks().archive("ann", made.get(1).id());
      slice
          .bookmarks()
          .update("ann", made.get(2).id(), OptionalLong.empty(), draft -> draft.tags(List.of()));
      Map<String, Long> counts = slice.search().tagCounts("ann");
      assertThat(counts)
          .isEqualTo(
              Map.of(
                  id(slice, "every"), 28L,
                  id(slice, "mod0"), 9L,
                  id(slice, "mod1"), 10L,
                  id(slice, "mod2"), 9L));
    }
  }

  private static String id(SearchedSlice slice, String tag) {
    return slice.tags().of("ann").named(tag).orElseThrow().id();
  }

  @Test
  void findsWhatTheTeamShares() {
    try (SearchedSlice slice = SearchedSlice.open(home)) {
      slice.add("ann", "private", "x");
      for (String owner : List.of("ann", "bob")) {
        Bookmark made = slice.add(owner, "shared by " + owner, "x");
        slice
            .bookmarks()
            .update(
                owner, made.id(), OptionalLong.empty(), draft -> draft.visibility(Visibility.TEAM));
      }
      assertThat(shared(slice, Optional.empty())).containsExactly("bob", "ann");
      assertThat(shared(slice, Optional.of("ann"))).containsExactly("ann");
    }
  }

  private static List<String> shared(SearchedSlice slice, Optional<String> owner) {
    Node query = IndexedSearch.parseLinkding("#x").orElseThrow();
    return slice
        .search()
        .search(Ask.page(new SearchScope.Shared(owner), query, Order.NEWEST, 0, 10))
        .hits()
        .stream()
        .map(Answer.Hit::owner)
        .toList();
  }

  @Test
  void answersThePortOfTheSlice() {
    try (SearchedSlice slice = SearchedSlice.open(home)) {
      slice.add("ann", "one kiwi");
      Bookmark second = slice.add("ann", "two kiwi");
      slice.bookmarks().archive("ann", second.id());
      Request active =
          new Request(
              "ann",
              "kiwi",
              Set.of(Status.ACTIVE),
              dev.quarterdeck.bookmarks.BookmarkSearch.Order.RELEVANCE,
              0,
              20);
      assertThat(slice.search().find(active).total()).isEqualTo(1);
      assertThatThrownBy(() -> slice.search().check("(a"))
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining("q: column 1: this parenthesis is not closed (expected: a ')')");
      assertThat(IndexedSearch.parseLinkding("(a")).isEmpty();
    }
  }

  @Test
  void goesOnAfterARestartWithoutABuilding() {
    try (SearchedSlice slice = SearchedSlice.open(home)) {
      slice.add("ann", "before");
      assertThat(slice.titles("ann", "before")).hasSize(1);
    }
    try (SearchedSlice slice = SearchedSlice.open(home)) {
      assertThat(slice.search().status().reason()).isEmpty();
      assertThat(slice.titles("ann", "before")).hasSize(1);
    }
  }

  @Test
  void isBuiltAnewWhenItIsMissing() throws IOException {
    try (SearchedSlice slice = SearchedSlice.open(home)) {
      for (int i = 0; i < 1_200; i += 400) {
        addMany(slice, i, i + 400);
      }
    }
    deleteAll(SearchedSlice.index(home));
    try (SearchedSlice slice = SearchedSlice.open(home)) {
      assertThat(slice.search().status().reason()).contains("there was none");
      assertThat(slice.titles("ann", "many")).hasSize(1_000);
      assertThat(slice.search().status().bookmarks()).isEqualTo(1_200);
    }
  }

  private static void addMany(SearchedSlice slice, int from, int to) {
    var unused =
        slice
            .bookmarks()
            .createAll(
                "ann",
                Stream.iterate(from, i -> i < to, i -> i + 1)
                    .map(i -> BookmarkDraft.of("http://a.org/" + i).title("many"))
                    .toList());
  }

  @Test
  void isBuiltAnewWhenItIsDamaged() throws IOException {
    try (SearchedSlice slice = SearchedSlice.open(home)) {
      slice.add("ann", "survivor");
    }
    try (Stream<Path> files = Files.walk(SearchedSlice.index(home))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.endsWith("write.lock")) {
          Files.writeString(file, "damaged");
        }
      }
    }
    try (SearchedSlice slice = SearchedSlice.open(home)) {
      assertThat(slice.search().status().reason().orElseThrow()).startsWith("it was damaged: ");
      assertThat(slice.titles("ann", "survivor")).hasSize(1);
    }
  }

  @Test
  void isBuiltAnewWhenTheStoreIsOlder() throws IOException {
    try (SearchedSlice slice = SearchedSlice.open(home)) {
      slice.add("ann", "kept");
    }
    copy(home.resolve("data"), home.resolve("backup"));
    try (SearchedSlice slice = SearchedSlice.open(home)) {
      slice.add("ann", "forgotten");
      assertThat(slice.titles("ann", "forgotten")).hasSize(1);
    }
    copy(SearchedSlice.index(home), home.resolve("newer"));
    deleteAll(home.resolve("data"));
    copy(home.resolve("backup"), home.resolve("data"));
    deleteAll(SearchedSlice.index(home));
    copy(home.resolve("newer"), SearchedSlice.index(home));
    try (SearchedSlice slice = SearchedSlice.open(home)) {
      assertThat(slice.search().status().reason().orElseThrow()).endsWith("are gone");
      assertThat(slice.titles("ann", "")).containsExactly("kept");
    }
  }

  @Test
  void aBuildingAskedForKeepsAnswering() throws ExecutionException, InterruptedException {
    try (SearchedSlice slice = SearchedSlice.open(home);
        ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      addMany(slice, 0, 1_000);
      Future<?> writing =
          writers.submit(
              () -> {
                for (int i = 0; i < 40; i++) {
                  slice.add("ann", "while" + i);
                  assertThat(slice.titles("ann", "while" + i)).contains("while" + i);
                }
              });
      slice.search().rebuild();
      writing.get();
      Awaiting.until(
          "it is built",
          () ->
              slice.ready()
                  && slice.search().status().reason().orElse("").startsWith("an administrator"));
      assertThat(slice.titles("ann", "while")).hasSize(40);
      assertThat(slice.search().status().bookmarks()).isEqualTo(1_040);
    }
  }

  @Test
  void searchesAnswerAtTheMomentWhenTheIndexIsReplaced()
      throws ExecutionException, InterruptedException {
    try (SearchedSlice slice = SearchedSlice.open(home);
        ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
      slice.add("ann", "always there");
      AtomicBoolean enough = new AtomicBoolean();
      Future<Integer> reading =
          readers.submit(
              () -> {
                int searches = 0;
                while (!enough.get()) {
                  assertThat(slice.titles("ann", "always")).containsExactly("always there");
                  searches++;
                }
                return searches;
              });
      for (int i = 0; i < 8 && !reading.isDone(); i++) {
        Path before = newestGeneration();
        slice.search().rebuild();
        Awaiting.until("it is replaced", () -> !newestGeneration().equals(before));
        Awaiting.until("it is built", slice::ready);
      }
      enough.set(true);
      assertThat(reading.get()).isPositive();
    }
  }

  private Path newestGeneration() {
    try (Stream<Path> generations = Files.list(SearchedSlice.index(home))) {
      return generations.max(Comparator.naturalOrder()).orElseThrow();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file));
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }

  private static void deleteAll(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}

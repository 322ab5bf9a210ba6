package dev.quarterdeck.bookmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarterdeck.runtime.ProblemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tags that are made because something brings their names.
class EnsuredTagsTest {
  private static final String ANNA = "u-anna";
  private static final int MANY = 2_100;
  @TempDir private Path directory;
  private OpenSlice open;

  @BeforeEach
  void open() {
    open = new OpenSlice(directory);
  }

  @AfterEach
  void close() {
    open.close();
  }

  private List<Tag> ensure(List<String> names) {
    return open.tags().ensure(ANNA, names);
  }

  private static List<String> names(int from, int to) {
    return IntStream.range(from, to).mapToObj("tag-%d"::formatted).toList();
  }

  @Test
  void makesThousandsAtOnceInTheOrderOfTheirNames() {
    List<String> shuffled = new ArrayList<>(names(0, MANY));
    Collections.shuffle(shuffled);
    List<Tag> made = ensure(shuffled);
    assertThat(made).extracting(Tag::name).containsExactlyElementsOf(shuffled);
    assertThat(made).extracting(Tag::number).doesNotHaveDuplicates();
    assertThat(open.tags().of(ANNA).tags()).containsExactlyInAnyOrderElementsOf(made);
    open.close();
    open = new OpenSlice(directory);
    assertThat(ensure(shuffled)).isEqualTo(made);
  }

  @Test
  void makesOneTagOfNamesThatMeanTheSame() {
    Tag old = ensure(List.of("Java")).getFirst();
    List<Tag> tags = ensure(List.of("web", " JAVA ", "Web", "java", "web "));
    assertThat(tags).extracting(Tag::name).containsExactly("web", "Java");
    assertThat(tags).contains(old);
  }

  @Test
  void makesNoneWhenOneNameBreaksARule() {
    List<String> names = new ArrayList<>(names(0, 20));
    names.add("a//b");
    assertThatThrownBy(() -> ensure(names))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("empty part");
    assertThat(open.tags().of(ANNA).tags()).isEmpty();
  }

  @Test
  void givesAllWhoAskAtOnceTheSameTags() throws InterruptedException, ExecutionException {
    List<Future<List<Tag>>> answers = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 8; i++) {
        int from = i * 50;
        answers.add(executor.submit(() -> ensure(names(from, from + 200))));
      }
    }
    List<Tag> all = open.tags().of(ANNA).tags();
    assertThat(all).hasSize(550);
    for (Future<List<Tag>> answer : answers) {
      assertThat(all).containsAll(answer.get());
      assertThat(answer.get()).hasSize(200);
    }
  }
}

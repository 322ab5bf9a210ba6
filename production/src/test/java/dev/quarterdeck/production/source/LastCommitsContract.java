package dev.quarterdeck.production.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarterdeck.production.fixtures.GitFixture;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every source answers about deadlines and pushes under way, and the search for last commits:
/// equal to `git log -1 -- path` for every path.
abstract class LastCommitsContract extends SourceContract {
  private final Map<String, Map<String, String>> judged = new HashMap<>();

  private Map<String, String> expected(String commit) {
    return judged.computeIfAbsent(
        commit,
        _ -> {
          Map<String, String> owners = new TreeMap<>();
          for (String path : everyPath()) {
            oracle().lastCommit(commit, path).ifPresent(owner -> owners.put(path, owner));
          }
          return owners;
        });
  }

  @Test
  void findsTheCommitThatGitNamesForEveryPath() {
    for (String branch : List.of("master", "uat", "twin")) {
      String head = git().head(branch);
      LastCommits found = source().lastCommits(call(), LastCommits.of(head, everyPath()), null);
      assertThat(found.complete()).isTrue();
      assertThat(new TreeMap<>(found.owners())).as(branch).isEqualTo(expected(head));
      assertThat(found.commits().keySet()).isEqualTo(Set.copyOf(found.owners().values()));
      found.commits().forEach((id, commit) -> assertThat(commit).isEqualTo(oracle().commit(id)));
    }
  }

  @Test
  void findsTheSameForOnePathAlone() {
    String head = git().head("master");
    for (String path : List.of("classes/B.cls", "classes/Twin.cls", "modules/lib", "swap/x")) {
      LastCommits found = source().lastCommits(call(), LastCommits.of(head, Set.of(path)), null);
      assertThat(found.owners()).isEqualTo(Map.of(path, expected(head).get(path)));
    }
  }

  @Test
  void continuesFromWhatIsKnownOfAnOlderCommit() {
    String head = git().head("master");
    for (int back : new int[] {1, 2, 3, 6, 12}) {
      String old = git().head("master~" + back);
      LastCommits known = source().lastCommits(call(), LastCommits.of(old, everyPath()), null);
      LastCommits found = source().lastCommits(call(), LastCommits.of(head, everyPath()), known);
      assertThat(new TreeMap<>(found.owners())).as("from " + back).isEqualTo(expected(head));
    }
  }

  @Test
  void stopsAtTheBudgetAndGoesOnLater() {
    String head = git().head("master");
    LastCommits task = LastCommits.of(head, everyPath());
    int rounds = 0;
    while (!task.complete() && rounds++ < 1000) {
      Call few = Call.within(Duration.ofMinutes(1), 12);
      LastCommits next = source().lastCommits(few, task, null);
      assertThat(few.requests()).isLessThanOrEqualTo(12);
      assertThat(next.pending()).doesNotContainAnyElementsOf(next.owners().keySet());
      assertThat(expected(head)).containsAllEntriesOf(next.owners());
      task = next;
    }
    assertThat(new TreeMap<>(task.owners())).isEqualTo(expected(head));
  }

  @Test
  void answersManyCallersAtOnce() throws ExecutionException, InterruptedException {
    String head = git().head("master");
    Tree tree = source().tree(call(), head);
    LastCommits last = source().lastCommits(call(), LastCommits.of(head, everyPath()), null);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> all =
          IntStream.range(0, 12)
              .mapToObj(
                  i ->
                      threads.submit(
                          () ->
                              i % 2 == 0
                                  ? source().tree(call(), head).equals(tree)
                                  : source()
                                      .lastCommits(call(), LastCommits.of(head, everyPath()), null)
                                      .equals(last)))
              .toList();
      for (Future<Boolean> each : all) {
        assertThat(each.get()).isTrue();
      }
    }
  }

  @Test
  void endsAtTheDeadline() {
    Call over = Call.within(Duration.ZERO, 100);
    assertThatThrownBy(() -> source().tree(over, git().head("master")))
        .isInstanceOfSatisfying(
            SourceException.class,
            e -> assertThat(e.fault()).isInstanceOf(SourceFault.Timeout.class));
    assertThat(over.requests()).isZero();
  }

  @Test
  void seesWhatIsPushedWhileItReads(@TempDir Path directory) {
    try (GitFixture moving = GitFixture.create(directory.resolve("moving.git"))) {
      moving.on("master").put("a.txt", "1").commit("one");
      try (Source reading = open(moving.directory())) {
        Refs before = reading.refs(call(), RefScope.BRANCHES, null);
        String head = moving.on("master").put("b.txt", "2").commit("two");
        Refs after = reading.refs(call(), RefScope.BRANCHES, before);
        assertThat(after.branch("master")).contains(head);
        assertThat(reading.tree(call(), head).files())
            .extracting(TreeFile::path)
            .containsExactly("a.txt", "b.txt");
        moving.branch("other", "master");
        moving.deleteBranch("master");
        assertThat(reading.refs(call(), RefScope.BRANCHES, after).refs())
            .extracting(Ref::name)
            .containsExactly("other");
      }
    }
  }
}

package dev.quarterdeck.production.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What the search costs, and that a fault loses nothing.
class LastCommitWalkTest {
  private final Repository repository = new Repository();

  LastCommitWalkTest() {
    repository.commit("root", 1, Set.of("a", "b", "c"));
    repository.commit("two", 2, Set.of("b"), "root");
    repository.commit("side", 3, Set.of("c"), "two");
    repository.commit("three", 4, Set.of("a"), "two");
    repository.commit("merge", 5, Set.of("c"), "three", "side");
  }

  @Test
  void comparesACommitOnceForAllPathsAndAParentOnlyWhenPathsAreLeft() {
    LastCommits found = repository.search(LastCommits.of("merge", Set.of("a", "b", "c")), null);
    assertThat(found.owners()).isEqualTo(Map.of("a", "three", "b", "two", "c", "side"));
    assertThat(found.commits().keySet()).containsExactlyInAnyOrder("three", "two", "side");
    assertThat(repository.compared)
        .containsExactly("three..merge", "side..merge", "two..three", "two..side", "root..two");
  }

  @Test
  void aPassingFaultAfterProgressKeepsWhatWasFound() {
    repository.failAt = "two..side";
    repository.fault = new SourceFault.RateLimited("slow down", Optional.empty());
    LastCommits part = repository.search(LastCommits.of("merge", Set.of("a", "b", "c")), null);
    assertThat(part.owners()).isEqualTo(Map.of("a", "three"));
    assertThat(part.frontier()).isEqualTo(Map.of("side", Set.of("c"), "two", Set.of("b")));
    assertThat(part.pending()).containsExactlyInAnyOrder("b", "c");
    repository.failAt = "";
    LastCommits whole = repository.search(part, null);
    assertThat(whole.owners()).isEqualTo(Map.of("a", "three", "b", "two", "c", "side"));
    assertThat(whole.complete()).isTrue();
  }

  @Test
  void aFaultThatIsNotPassingOrComesFirstIsThrown() {
    repository.failAt = "two..side";
    repository.fault = new SourceFault.Forbidden("no");
    LastCommits task = LastCommits.of("merge", Set.of("a", "b", "c"));
    assertThatThrownBy(() -> repository.search(task, null)).hasMessage("no");
    repository.failAt = "three..merge";
    repository.fault = new SourceFault.Unavailable("down");
    assertThatThrownBy(() -> repository.search(task, null)).hasMessage("down");
    repository.fault = new SourceFault.OverBudget("enough");
    assertThat(repository.search(task, null)).isEqualTo(task);
  }

  @Test
  void whatIsKnownEndsTheSearch() {
    LastCommits known = repository.search(LastCommits.of("three", Set.of("a", "b", "c")), null);
    repository.compared.clear();
    LastCommits found =
        repository.search(LastCommits.of("merge", Set.of("a", "b", "c", "never")), known);
    assertThat(found.owners()).isEqualTo(Map.of("a", "three", "b", "two", "c", "side"));
    assertThat(repository.compared)
        .containsExactly(
            "three..merge", "side..merge", "two..three", "two..side", "root..two", "..root");
    repository.compared.clear();
    LastCommits same = repository.search(LastCommits.of("three", Set.of("a", "b")), known);
    assertThat(same.owners()).isEqualTo(Map.of("a", "three", "b", "two"));
    assertThat(repository.compared).isEmpty();
  }

  @Test
  void aSearchForOneMorePathComparesNothingAgain() {
    ComparedPaths compared = new ComparedPaths();
    LastCommitWalk.Steps steps = compared.over(repository);
    LastCommitWalk.run(LastCommits.of("merge", Set.of("a", "b")), null, steps);
    repository.compared.clear();
    LastCommits more = LastCommitWalk.run(LastCommits.of("merge", Set.of("c")), null, steps);
    assertThat(more.owners()).isEqualTo(Map.of("c", "side"));
    assertThat(repository.compared).containsExactly("side..merge", "two..side");
  }

  @Test
  void whatWasComparedForAnotherReasonIsNotComparedAgain() {
    ComparedPaths compared = new ComparedPaths();
    compared.keep("three", "merge", Set.of("c"));
    LastCommitWalk.run(LastCommits.of("merge", Set.of("a")), null, compared.over(repository));
    assertThat(repository.compared).containsExactly("two..three");
  }

  @Test
  void nothingIsAskedForNoPaths() {
    assertThat(repository.search(LastCommits.of("merge", Set.of()), null).complete()).isTrue();
    assertThat(repository.compared).isEmpty();
  }

  /// Commits and what each changed against each of its parents.
  private static final class Repository implements LastCommitWalk.Steps {
    private final Map<String, Commit> commits = new HashMap<>();
    private final Map<String, Set<String>> own = new HashMap<>();
    private final List<String> compared = new ArrayList<>();
    private String failAt = "";
    private SourceFault fault = new SourceFault.Timeout("late");

    void commit(String id, int second, Set<String> changes, String... parents) {
      commits.put(
          id,
          new Commit(
              id,
              new Commit.Person("a", "b"),
              Instant.ofEpochSecond(second),
              id,
              List.of(parents)));
      own.put(id, changes);
    }

    LastCommits search(LastCommits task, @Nullable LastCommits known) {
      return LastCommitWalk.run(task, known, this);
    }

    @Override
    public Commit commit(String id) {
      return Objects.requireNonNull(commits.get(id), id);
    }

    /// Against a second parent everything differs that came by the first one: here `a`.
    @Override
    public Set<String> changed(@Nullable String parent, String commit, Set<String> among) {
      String name = (parent == null ? "" : parent) + ".." + commit;
      if (name.equals(failAt)) {
        throw new SourceException(fault);
      }
      compared.add(name);
      return name.equals("side..merge")
          ? Set.of("a")
          : Objects.requireNonNull(own.get(commit), commit);
    }
  }
}

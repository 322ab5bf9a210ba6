package dev.quarterdeck.production.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarterdeck.production.fixtures.Fixtures;
import dev.quarterdeck.production.fixtures.GitFixture;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What every source answers, judged by the `git` program over one repository with everything in
/// it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SourceContract {
  static final String NOWHERE = "00000000000000000000000000000000deadbeef";

  private @Nullable GitFixture fixture;
  private @Nullable Source opened;
  private @Nullable Oracle judge;

  /// Opens the repository of this Git directory as the source under test.
  abstract Source open(Path gitDirectory);

  @BeforeAll
  void makeRepository(@TempDir Path directory) {
    GitFixture made = Fixtures.everything(directory.resolve("every thing.git"));
    fixture = made;
    opened = open(made.directory());
    judge = new Oracle(made.directory());
  }

  @AfterAll
  void close() {
    source().close();
    git().close();
  }

  GitFixture git() {
    return Objects.requireNonNull(fixture);
  }

  Source source() {
    return Objects.requireNonNull(opened);
  }

  Oracle oracle() {
    return Objects.requireNonNull(judge);
  }

  static Call call() {
    return Call.within(Duration.ofMinutes(5), 1_000_000);
  }

  @Test
  void namesEveryBranchAndTagWithItsCommit() {
    List<Ref> all = oracle().refs();
    assertThat(all).hasSizeGreaterThan(15);
    assertThat(source().refs(call(), RefScope.ALL, null).refs()).isEqualTo(all);
    assertThat(source().refs(call(), RefScope.BRANCHES, null).refs())
        .isEqualTo(all.stream().filter(ref -> ref.kind() == Ref.Kind.BRANCH).toList());
  }

  @Test
  void namesOnlyTheRefsThatAreWanted() {
    for (String name :
        List.of("feature/US-0000211", "100%", "feature/a+b/c%2Fd&e=f", "feature/hash#1")) {
      assertThat(source().refs(call(), RefScope.branches(Set.of(name, "absent")), null).refs())
          .containsExactly(new Ref(Ref.Kind.BRANCH, name, git().head(name)));
    }
    Set<String> several = Set.of("master", "uat", "grün", "uatsfdc");
    assertThat(source().refs(call(), RefScope.branches(several), null).refs())
        .extracting(Ref::name)
        .containsExactlyInAnyOrderElementsOf(several);
    assertThat(source().refs(call(), RefScope.branches(Set.of("eature/US")), null).refs())
        .isEmpty();
    assertThat(
            source().refs(call(), new RefScope(Set.of(Ref.Kind.TAG), Set.of("v1.1")), null).refs())
        .containsExactly(new Ref(Ref.Kind.TAG, "v1.1", git().head("v1.1")));
  }

  @Test
  void saysThatNothingMoved() {
    RefScope scope = RefScope.branches(Set.of("master", "uat"));
    Refs first = source().refs(call(), scope, null);
    assertThat(source().refs(call(), scope, first)).isSameAs(first);
  }

  @Test
  void resolvesBranchesThenTagsThenIds() {
    for (Ref ref : oracle().refs()) {
      String expected =
          ref.kind() == Ref.Kind.TAG && ref.name().equals("both")
              ? git().head("master")
              : ref.commit();
      assertThat(source().commit(call(), ref.name()).map(Commit::id))
          .as(ref.name())
          .contains(expected);
    }
    String head = git().head("master");
    assertThat(source().commit(call(), head)).contains(oracle().commit(head));
    assertThat(source().commit(call(), head.substring(0, 10))).contains(oracle().commit(head));
    for (String nothing :
        List.of(
            "absent",
            "feature",
            "feature/",
            "..",
            "a..b",
            "/",
            " ",
            "a b",
            "HEAD",
            "x".repeat(300))) {
      assertThat(source().commit(call(), nothing)).as(nothing).isEmpty();
    }
    assertThat(source().commit(call(), NOWHERE)).isEmpty();
    assertThat(source().commit(call(), "0000000")).isEmpty();
  }

  @Test
  void readsEveryCommitAsItWasWritten() {
    for (String id : oracle().log("master", "uat")) {
      assertThat(source().commit(call(), id)).contains(oracle().commit(id));
    }
  }

  @Test
  void listsEveryFileOfATree() {
    for (String branch : List.of("master", "uat", "evil", "other-root")) {
      String commit = git().head(branch);
      Map<String, String> expected = oracle().tree(commit);
      Tree tree = source().tree(call(), commit);
      assertThat(tree.files())
          .extracting(TreeFile::path)
          .containsExactlyElementsOf(expected.keySet());
      for (TreeFile file : tree.files()) {
        String listed = Objects.requireNonNull(expected.get(file.path()));
        if (file.mode() != TreeFile.Mode.UNKNOWN) {
          assertThat(bits(file.mode())).as(file.path()).isEqualTo(listed.substring(0, 6));
        }
        if (file.blob() != null) {
          assertThat(file.blob()).isEqualTo(listed.substring(7));
        }
        if (file.size() >= 0 && file.mode() != TreeFile.Mode.SUBMODULE) {
          assertThat(file.size()).isEqualTo(oracle().content(listed.substring(7)).length);
        }
      }
    }
  }

  private static String bits(TreeFile.Mode mode) {
    return switch (mode) {
      case FILE -> "100644";
      case EXECUTABLE -> "100755";
      case SYMLINK -> "120000";
      case SUBMODULE -> "160000";
      case UNKNOWN -> "";
    };
  }

  @Test
  void comparesAnyTwoCommitsFromOldToNew() {
    List<String> names =
        List.of("master", "uat", "evil", "twin", "other-root", "v1.0", "master~1", "master~7");
    for (String from : names) {
      for (String to : names) {
        String old = git().head(from);
        String now = git().head(to);
        assertThat(withoutLines(source().changes(call(), old, now)))
            .as(from + " to " + to)
            .isEqualTo(oracle().changes(old, now));
      }
    }
  }

  @Test
  void comparesEveryCommitWithEachOfItsParents() {
    for (String id : oracle().log("master", "uat")) {
      List<String> parents = oracle().commit(id).parents();
      List<@Nullable String> sides = new ArrayList<>(parents);
      if (sides.isEmpty()) {
        sides.add(null);
      }
      for (String from : sides) {
        assertThat(withoutLines(source().changes(call(), from, id)))
            .isEqualTo(oracle().changes(from, id));
      }
    }
  }

  /// Line counts are a gift of some sources; what they count is checked nowhere.
  private static Changes withoutLines(Changes changes) {
    return new Changes(
        changes.from(),
        changes.to(),
        changes.files().stream().map(each -> new FileChange(each.path(), each.kind())).toList());
  }

  @Test
  void logsWhatIsReachable() {
    String master = git().head("master");
    String uat = git().head("uat");
    assertLog(new LogQuery(List.of(master), List.of(), false, 1000), "master");
    assertLog(new LogQuery(List.of(master, uat), List.of(), false, 1000), "master", "uat");
    assertLog(LogQuery.between(uat, master, 1000), "master", "^uat");
    assertLog(LogQuery.between(master, uat, 1000), "uat", "^master");
    assertLog(LogQuery.firstParents(master, 1000), "--first-parent", "master");
    CommitLog none = source().log(call(), LogQuery.between(master, master, 10));
    assertThat(none.commits()).isEmpty();
    assertThat(none.complete()).isTrue();
  }

  private void assertLog(LogQuery query, String... arguments) {
    CommitLog log = source().log(call(), query);
    assertThat(log.complete()).isTrue();
    assertThat(log.commits())
        .extracting(Commit::id)
        .containsExactlyInAnyOrderElementsOf(oracle().log(arguments));
    CommitLog again =
        new CommitLog(
            oracle().log(arguments).stream().map(id -> oracle().commit(id)).toList(), true);
    assertThat(log).isEqualTo(again);
  }

  @Test
  void cutsALogAndSaysSo() {
    String master = git().head("master");
    CommitLog cut = source().log(call(), LogQuery.firstParents(master, 3));
    assertThat(cut.complete()).isFalse();
    assertThat(cut.commits())
        .extracting(Commit::id)
        .containsExactlyInAnyOrderElementsOf(oracle().log("--first-parent", "-n3", "master"));
    assertThat(source().log(call(), new LogQuery(List.of(master), List.of(), false, 5)).commits())
        .hasSize(5);
    int all = oracle().log("--first-parent", "master").size();
    assertThat(source().log(call(), LogQuery.firstParents(master, all)).complete()).isTrue();
  }

  @Test
  void tellsTheHistoryOfAPath() {
    String master = git().head("master");
    for (String path :
        List.of(
            "classes/A.cls",
            "classes/B.cls",
            "classes/Gone.cls",
            "classes/Brief.cls",
            "classes/New.cls",
            "classes/Twin.cls",
            "classes/E.cls",
            Fixtures.NFC,
            Fixtures.NFD,
            "layouts/Contact-Admin%2FExec Contact Layout.layout",
            "modules/lib",
            "swap/x",
            "links/swap",
            "classes",
            "never/was")) {
      CommitLog history = source().history(call(), master, path, 100);
      assertThat(history.commits())
          .as(path)
          .extracting(Commit::id)
          .containsExactlyInAnyOrderElementsOf(oracle().history(master, path));
      assertThat(history.complete()).isTrue();
    }
    CommitLog one = source().history(call(), master, "classes/B.cls", 1);
    assertThat(one.complete()).isFalse();
    assertThat(one.commits())
        .extracting(Commit::id)
        .containsExactly(oracle().history(master, "classes/B.cls").getFirst());
  }

  @Test
  void readsContentUpToALimit() {
    String master = git().head("master");
    oracle()
        .tree(master)
        .forEach(
            (path, listed) -> {
              Optional<Content> content = source().content(call(), master, path, 1 << 20);
              if (listed.startsWith("160000")) {
                assertThat(content).as(path).isEmpty();
              } else {
                byte[] bytes = oracle().content(listed.substring(7));
                assertThat(content).as(path).contains(new Content(bytes, false));
              }
            });
    byte[] whole = source().content(call(), master, "classes/A.cls", 1000).orElseThrow().bytes();
    Content cut = source().content(call(), master, "classes/A.cls", 6).orElseThrow();
    assertThat(cut).isEqualTo(new Content(Arrays.copyOf(whole, 6), true));
    assertThat(source().content(call(), master, "classes/A.cls", whole.length))
        .contains(new Content(whole, false));
    for (String nothing :
        List.of(
            "classes",
            "absent",
            "",
            "classes/",
            "/README.md",
            "classes//A.cls",
            "README.md/x",
            "classes/../README.md",
            "Classes/A.cls")) {
      assertThat(source().content(call(), master, nothing, 10)).as(nothing).isEmpty();
    }
  }

  @Test
  void saysSizesOfFiles() {
    String master = git().head("master");
    Map<String, Long> sizes =
        source()
            .sizes(
                call(),
                master,
                List.of("classes/A.cls", "data/blob.bin", "modules/lib", "classes", "absent"));
    Map<String, Long> expected = new TreeMap<>(Map.of("classes/A.cls", 32L, "data/blob.bin", 7L));
    assertThat(new TreeMap<>(sizes)).isEqualTo(expected);
  }

  @Test
  void findsMergeBasesAndAncestors() {
    List<String> names =
        List.of("master", "uat", "evil", "twin", "other-root", "master~1", "uat~1", "v1.0");
    assertThat(oracle().mergeBases("master", "uat")).hasSize(2);
    for (String one : names) {
      for (String other : names) {
        String first = git().head(one);
        String second = git().head(other);
        List<String> expected = oracle().mergeBases(first, second);
        MergeBases bases = source().mergeBases(call(), first, second);
        if (bases.all()) {
          assertThat(bases.commits()).as(one + " " + other).isEqualTo(expected);
        } else {
          assertThat(bases.commits()).hasSize(Math.min(1, expected.size()));
          assertThat(expected).containsAll(bases.commits());
        }
        assertThat(source().isAncestor(call(), first, second))
            .as(one + " within " + other)
            .isEqualTo(oracle().isAncestor(first, second));
      }
    }
  }

  @Test
  void anUnknownCommitIsNotFound() {
    String master = git().head("master");
    assertNotFound(() -> source().tree(call(), NOWHERE));
    assertNotFound(() -> source().changes(call(), NOWHERE, master));
    assertNotFound(() -> source().changes(call(), master, NOWHERE));
    assertNotFound(() -> source().log(call(), LogQuery.firstParents(NOWHERE, 10)));
    assertNotFound(() -> source().mergeBases(call(), master, NOWHERE));
    assertNotFound(() -> source().lastCommits(call(), LastCommits.of(NOWHERE, Set.of("a")), null));
  }

  private static void assertNotFound(ThrowingCallable asked) {
    assertThatThrownBy(asked)
        .isInstanceOfSatisfying(
            SourceException.class,
            e -> assertThat(e.fault()).isInstanceOf(SourceFault.NotFound.class))
        .hasMessageContaining(NOWHERE);
  }

  @Test
  void anEmptyRepositoryHasNothing(@TempDir Path directory) {
    try (GitFixture empty = Fixtures.empty(directory.resolve("empty.git"));
        Source nothing = open(empty.directory())) {
      assertThat(nothing.refs(call(), RefScope.ALL, null).refs()).isEmpty();
      assertThat(nothing.commit(call(), "master")).isEmpty();
      assertThat(nothing.commit(call(), NOWHERE)).isEmpty();
    }
  }

  /// Every path that any commit of these branches has, and some that none has.
  Set<String> everyPath() {
    Set<String> paths = new TreeSet<>(Set.of("never/was", "classes/Nobody.cls"));
    for (String id : oracle().log("master", "uat")) {
      oracle().changes(null, id).files().forEach(file -> paths.add(file.path()));
    }
    return paths;
  }
}

package dev.quarterdeck.production;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.production.components.ComponentRegistry;
import dev.quarterdeck.production.fixtures.Fixtures;
import dev.quarterdeck.production.fixtures.GitFixture;
import dev.quarterdeck.production.fixtures.RealGit;
import dev.quarterdeck.production.source.git.GitSource;
import dev.quarterdeck.testing.TestClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who touched what, judged by the `git` program over a history with everything in it.
class AttributionTest {
  private static final ComponentRegistry REGISTRY = ComponentRegistry.builtIn();

  @TempDir Path directory;

  @Test
  void everyComponentHasTheNewestOfWhatGitLogSays() {
    try (GitFixture git = Fixtures.everything(directory.resolve("org.git"));
        Production production = open(git)) {
      RealGit real = RealGit.in(git.directory());
      for (String branch : List.of("master", "uat", "evil")) {
        Map<String, List<String>> components = components(real, branch);
        assertThat(components).hasSizeGreaterThan(5);
        List<ComponentQuery> asked =
            components.keySet().stream().map(name -> new ComponentQuery(null, name)).toList();
        StateReport report = production.state(Optional.of(branch), asked);
        for (StateReport.Row row : report.rows()) {
          List<String> paths = components.getOrDefault(row.type() + "." + row.name(), List.of());
          Set<String> last = new HashSet<>();
          paths.forEach(
              path -> last.add(real.text("log", "-1", "--format=%H", branch, "--", path)));
          assertThat(row.pending()).isFalse();
          assertThat(last).contains(row.last().orElseThrow().hash());
          if (paths.size() == 1) {
            assertThat(last).as(row.name()).containsExactly(row.last().orElseThrow().hash());
          }
          assertThat(row.files()).containsExactlyInAnyOrderElementsOf(paths);
        }
      }
    }
  }

  @Test
  void everyCellIsWhatGitDiffSays() {
    try (GitFixture git = Fixtures.everything(directory.resolve("org.git"));
        Production production = open(git)) {
      RealGit real = RealGit.in(git.directory());
      Matrix matrix = production.matrix(MatrixQuery.all().page(MatrixQuery.LARGEST_PAGE));
      Map<String, List<String>> live = components(real, "master");
      assertThat(matrix.environments()).contains("uat", "100%", "grün", "deadbeef");
      for (int column = 0; column < matrix.environments().size(); column++) {
        String branch = matrix.environments().get(column);
        Map<String, List<String>> there = components(real, branch);
        for (Matrix.Row row : matrix.rows()) {
          String name = row.component().toString();
          CellState expected;
          if (!there.containsKey(name)) {
            expected = CellState.MISSING;
          } else if (!live.containsKey(name)) {
            expected = CellState.ONLY_HERE;
          } else {
            List<String> paths = new ArrayList<>(live.getOrDefault(name, List.of()));
            paths.addAll(there.getOrDefault(name, List.of()));
            boolean same =
                paths.stream()
                    .allMatch(
                        path -> entry(real, "master", path).equals(entry(real, branch, path)));
            expected = same ? CellState.SAME : CellState.DIFFERENT;
          }
          assertThat(row.cells().get(column).state())
              .as(name + " on " + branch)
              .isEqualTo(expected);
        }
      }
    }
  }

  private Production open(GitFixture git) {
    return Production.of(
        GitSource.open(git.directory()),
        REGISTRY,
        ProductionOptions.defaults(directory.resolve("cache")),
        TestClock.atNoon());
  }

  private final Map<String, Map<String, String>> entries = new TreeMap<>();

  private String entry(RealGit real, String branch, String path) {
    return Optional.ofNullable(tree(real, branch).get(path)).orElse("none");
  }

  /// Path to mode, type and blob.
  private Map<String, String> tree(RealGit real, String branch) {
    return entries.computeIfAbsent(
        branch,
        ignored -> {
          Map<String, String> files = new TreeMap<>();
          for (String line : real.parts("ls-tree", "-r", "-z", "refs/heads/" + branch)) {
            int tab = line.indexOf('\t');
            files.put(line.substring(tab + 1), line.substring(0, tab));
          }
          return files;
        });
  }

  private Map<String, List<String>> components(RealGit real, String branch) {
    Map<String, List<String>> components = new TreeMap<>();
    for (String path : tree(real, branch).keySet()) {
      REGISTRY
          .resolve(path)
          .ifPresent(
              id ->
                  components
                      .computeIfAbsent(id.toString(), ignored -> new ArrayList<>())
                      .add(path));
    }
    return components;
  }
}

package dev.quarterdeck.production;

import dev.quarterdeck.production.Matrix.Cell;
import dev.quarterdeck.production.Matrix.Row;
import dev.quarterdeck.production.Matrix.UnknownFiles;
import dev.quarterdeck.production.components.ComponentId;
import dev.quarterdeck.production.source.Commit;
import dev.quarterdeck.production.source.FileChange;
import dev.quarterdeck.production.source.FileChange.Kind;
import dev.quarterdeck.production.source.TreeFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// All rows of the matrix of one snapshot, by type and name.
final class MatrixRows {
  private final List<Row> rows;
  private final List<UnknownFiles> unknown;
  private final int pending;

  private MatrixRows(List<Row> rows, List<UnknownFiles> unknown) {
    this.rows = rows;
    this.unknown = unknown;
    this.pending = (int) rows.stream().filter(Row::pending).count();
  }

  static MatrixRows of(Snapshot snapshot) {
    Set<ComponentId> all = new TreeSet<>(snapshot.production().components());
    for (EnvironmentState environment : snapshot.environments()) {
      all.addAll(environment.differences().keySet());
    }
    Assembly assembly = new Assembly(snapshot);
    List<Row> rows = new ArrayList<>(all.size());
    all.forEach(id -> rows.add(assembly.row(id)));
    return new MatrixRows(List.copyOf(rows), unknown(snapshot.production().unknown()));
  }

  List<Row> rows() {
    return rows;
  }

  List<UnknownFiles> unknown() {
    return unknown;
  }

  /// Rows whose last commit is still being looked for.
  int pending() {
    return pending;
  }

  private static List<UnknownFiles> unknown(List<String> paths) {
    record Group(String folder, String ending) {}
    Map<Group, List<String>> groups = new HashMap<>();
    for (String path : paths) {
      String file = path.substring(path.lastIndexOf('/') + 1);
      int slash = path.indexOf('/');
      int dot = file.lastIndexOf('.');
      Group group =
          new Group(slash < 0 ? "" : path.substring(0, slash), dot <= 0 ? "" : file.substring(dot));
      groups.computeIfAbsent(group, ignored -> new ArrayList<>()).add(path);
    }
    List<UnknownFiles> result = new ArrayList<>();
    groups.forEach(
        (group, files) ->
            result.add(
                new UnknownFiles(group.folder(), group.ending(), files.size(), files.getFirst())));
    result.sort(
        Comparator.comparingInt(UnknownFiles::count)
            .reversed()
            .thenComparing(UnknownFiles::folder)
            .thenComparing(UnknownFiles::ending));
    return List.copyOf(result);
  }

  /// Makes the rows of one snapshot.
  private static final class Assembly {
    private final Snapshot snapshot;
    private final Map<CellState, Cell> plain = new EnumMap<>(CellState.class);
    private final Map<List<Cell>, List<Cell>> shared = new HashMap<>();
    private final Map<String, List<String>> stories = new HashMap<>();

    private Assembly(Snapshot snapshot) {
      this.snapshot = snapshot;
      for (CellState state : CellState.values()) {
        plain.put(state, new Cell(state, 0, Optional.empty()));
      }
    }

    private Row row(ComponentId id) {
      List<String> paths = snapshot.production().files(id).stream().map(TreeFile::path).toList();
      boolean inProduction = !paths.isEmpty();
      List<Cell> cells = new ArrayList<>(snapshot.environments().size());
      for (EnvironmentState environment : snapshot.environments()) {
        cells.add(cell(environment, id, inProduction));
      }
      String branch = snapshot.branch();
      String head = snapshot.commit();
      List<String> own = paths;
      if (!inProduction) {
        EnvironmentState first =
            snapshot.environments().stream()
                .filter(environment -> environment.differences().containsKey(id))
                .findFirst()
                .orElseThrow();
        own = ownPaths(first, id);
        branch = first.name();
        head = first.commit().orElseThrow();
      }
      Authors.Newest newest = snapshot.authors().newest(branch, head, own);
      return new Row(
          id,
          inProduction,
          own.size() == 1 ? own.getFirst() : snapshot.registry().primary(id, own),
          paths.size(),
          newest.commit(),
          newest.pending(),
          stories(snapshot.authors().all(branch, head, own)),
          shared.computeIfAbsent(List.copyOf(cells), same -> same));
    }

    private Cell cell(EnvironmentState environment, ComponentId id, boolean inProduction) {
      CellState state = environment.state(id, inProduction);
      EnvironmentState.Difference difference = environment.differences().get(id);
      if (difference == null) {
        return Optional.ofNullable(plain.get(state)).orElseThrow();
      }
      Optional<LastCommit> last =
          environment
              .commit()
              .flatMap(
                  head ->
                      snapshot
                          .authors()
                          .newest(environment.name(), head, ownPaths(environment, id))
                          .commit());
      return new Cell(state, difference.files().size(), last);
    }

    private static List<String> ownPaths(EnvironmentState environment, ComponentId id) {
      EnvironmentState.Difference difference = environment.differences().get(id);
      return difference == null
          ? List.of()
          : difference.files().stream()
              .filter(file -> file.kind() != Kind.REMOVED)
              .map(FileChange::path)
              .toList();
    }

    private List<String> stories(Collection<Commit> commits) {
      if (commits.size() == 1) {
        return of(commits.iterator().next());
      }
      Set<String> all = new LinkedHashSet<>();
      commits.stream()
          .sorted(Comparator.comparing(Commit::date).reversed())
          .forEach(commit -> all.addAll(of(commit)));
      return List.copyOf(all);
    }

    private List<String> of(Commit commit) {
      return stories.computeIfAbsent(
          commit.id(), ignored -> CommitMessages.stories(commit.message()));
    }
  }
}

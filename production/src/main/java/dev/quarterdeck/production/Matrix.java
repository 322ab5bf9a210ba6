package dev.quarterdeck.production;

import dev.quarterdeck.production.components.ComponentId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A page of the matrix of components and environments.
///
/// @param environments names of the columns
/// @param rows by type, then by name
/// @param total rows of all pages
/// @param cursor for the next page; empty on the last one
/// @param facets counts over all pages
/// @param unknown files of production that belong to no known type: counts by folder and ending
public record Matrix(
    SnapshotInfo snapshot,
    List<String> environments,
    List<Row> rows,
    int total,
    Optional<String> cursor,
    Facets facets,
    List<UnknownFiles> unknown) {
  public Matrix {
    environments = List.copyOf(environments);
    rows = List.copyOf(rows);
    unknown = List.copyOf(unknown);
  }

  /// One component.
  ///
  /// @param path of its main file in production, else in the first environment that has it
  /// @param files in production
  /// @param last newest of the last commits of its files in production; of a component that
  ///   production does not have, of the first environment that has it
  /// @param pending whether the last commit is still being looked for
  /// @param stories that the last commits of its files name
  /// @param cells one for each column
  public record Row(
      ComponentId component,
      boolean inProduction,
      String path,
      int files,
      Optional<LastCommit> last,
      boolean pending,
      List<String> stories,
      List<Cell> cells) {
    public Row {
      stories = List.copyOf(stories);
      cells = List.copyOf(cells);
    }
  }

  /// One component in one environment.
  ///
  /// @param changedFiles files that differ
  /// @param last newest of the last commits of those of its files that differ, as the environment
  ///   has them; empty when none differ or it is pending
  public record Cell(CellState state, int changedFiles, Optional<LastCommit> last) {}

  /// Counts of the rows that the query matches.
  ///
  /// @param types by count, then by name
  /// @param states for each column
  /// @param authors by count, then by name, the first hundred
  public record Facets(
      Map<String, Integer> types,
      Map<String, Map<CellState, Integer>> states,
      Map<String, Integer> authors) {}

  /// Files that no type knows.
  ///
  /// @param folder their first folder, empty for the root
  /// @param ending with its dot, empty for none
  /// @param example one of their paths
  public record UnknownFiles(String folder, String ending, int count, String example) {}
}

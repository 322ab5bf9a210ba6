package dev.quarterdeck.production;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Which of the components asked for are on a branch, and who last touched them.
///
/// @param rows in the order of the request, one for each component asked for
public record StateReport(String branch, Instant checkedAt, List<Row> rows, SnapshotInfo snapshot) {
  public StateReport {
    rows = List.copyOf(rows);
  }

  /// How many are there.
  public long existing() {
    return rows.stream().filter(Row::exists).count();
  }

  /// How many are not, those that failed included.
  public long missing() {
    return rows.size() - existing();
  }

  /// One component.
  ///
  /// @param path of its main file
  /// @param files all its files
  /// @param size of the main file in bytes
  /// @param last newest of the last commits of its files; empty when it does not exist, failed or
  ///   is pending
  /// @param pending whether the last commit is still being looked for
  /// @param keptIn for a part without a file of its own: the component whose file holds it, so that
  ///   `exists` speaks of that file
  /// @param error why nothing can be said about it
  public record Row(
      String type,
      String name,
      boolean exists,
      Optional<String> path,
      List<String> files,
      OptionalLong size,
      Optional<LastCommit> last,
      boolean pending,
      Optional<String> keptIn,
      Optional<String> error) {
    public Row {
      files = List.copyOf(files);
    }
  }
}

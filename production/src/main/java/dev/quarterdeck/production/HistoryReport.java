package dev.quarterdeck.production;

import java.util.List;
import java.util.Optional;

/// The newest commits of components on two branches.
///
/// @param rows in the order of the request without duplicates
public record HistoryReport(
    OrgComparison.Org orgA,
    OrgComparison.Org orgB,
    int limit,
    List<Row> rows,
    SnapshotInfo snapshot) {
  public HistoryReport {
    rows = List.copyOf(rows);
  }

  /// One component.
  public record Row(String type, String name, Side orgA, Side orgB, Optional<String> error) {}

  /// A component on one branch.
  ///
  /// @param commits newest first, of all its files together
  /// @param complete false when there are older ones
  public record Side(
      boolean exists, Optional<String> path, List<LastCommit> commits, boolean complete) {
    public Side {
      commits = List.copyOf(commits);
    }
  }
}

package dev.quarterdeck.production;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What deploying the components from a branch to production would do to each.
///
/// @param rows in the order of the request
public record DeploymentComparison(List<Row> rows, Instant comparedAt, SnapshotInfo snapshot) {
  public DeploymentComparison {
    rows = List.copyOf(rows);
  }

  /// How many rows have this status.
  public long count(Status status) {
    return rows.stream().filter(row -> row.status() == status).count();
  }

  /// One component.
  public record Row(
      String type,
      String name,
      Status status,
      boolean inProduction,
      boolean inBranch,
      Optional<String> path,
      Optional<String> error) {}

  /// How a component on the branch relates to production.
  public enum Status {
    NOT_FOUND,
    /// Only the branch has it.
    NEW,
    /// Only production has it.
    REMOVED,
    IDENTICAL,
    MODIFIED,
    /// Nothing can be said; the row's error says why.
    ERROR
  }
}

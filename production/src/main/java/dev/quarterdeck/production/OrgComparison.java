package dev.quarterdeck.production;

import java.util.List;
import java.util.Optional;

/// The components asked for on two branches, side by side.
///
/// @param changes in the order of the request without duplicates; when only changes were asked for,
///   those that differ; at most as many as the limit
/// @param total components asked for, without duplicates
/// @param cut how many rows the limit left out
public record OrgComparison(
    Org orgA, Org orgB, List<Change> changes, Summary summary, int cut, SnapshotInfo snapshot) {
  public OrgComparison {
    changes = List.copyOf(changes);
  }

  /// One side: a name for a person and its branch.
  public record Org(String name, String branch) {}

  /// What is compared.
  ///
  /// @param includeDiffs whether unified diffs of what differs are wanted
  /// @param changedOnly whether rows that are the same are left out
  /// @param limit rows at most, 0 for all
  public record Query(
      Org orgA,
      Org orgB,
      List<ComponentQuery> components,
      boolean includeDiffs,
      boolean changedOnly,
      int limit) {
    public Query {
      components = List.copyOf(components);
    }
  }

  /// Counts over all components asked for.
  public record Summary(int total, int changed, int same, int notFound, int failed) {}

  /// One component.
  ///
  /// @param commitA what last touched it on the first side; empty when it is not there or pending
  /// @param diff unified, from the second side (old) to the first (new), when it was asked for
  public record Change(
      String type,
      String name,
      Optional<LastCommit> commitA,
      Optional<LastCommit> commitB,
      Status status,
      boolean pending,
      Optional<String> diff,
      Optional<String> error) {}

  /// How the two sides stand.
  public enum Status {
    SAME,
    DIFF,
    NEW_IN_A,
    NEW_IN_B,
    NOT_FOUND,
    /// Nothing can be said; the row's error says why.
    ERROR
  }
}

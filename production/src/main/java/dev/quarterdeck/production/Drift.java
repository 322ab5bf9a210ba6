package dev.quarterdeck.production;

import dev.quarterdeck.production.components.ComponentId;
import java.util.List;
import java.util.Optional;

/// Where an environment and production have come apart, by content.
///
/// @param items every component that is not the same, by type and name
/// @param mergeBases best common ancestors; two are normal
/// @param allMergeBases false when the source names one of maybe several
/// @param productionAhead commits of production that the environment does not contain
/// @param environmentAhead commits of the environment that production does not contain
/// @param complete false when those commits are more than were read, so that directions can be
///   UNKNOWN
/// @param outOfBand newest snapshots, backups and direct commits of production's branch
public record Drift(
    String environment,
    String commit,
    List<Item> items,
    List<String> mergeBases,
    boolean allMergeBases,
    int productionAhead,
    int environmentAhead,
    boolean complete,
    List<Deployment> outOfBand,
    SnapshotInfo snapshot) {
  public Drift {
    items = List.copyOf(items);
    mergeBases = List.copyOf(mergeBases);
    outOfBand = List.copyOf(outOfBand);
  }

  /// What production has and the environment needs.
  public List<Item> backPromotions() {
    return items.stream()
        .filter(
            item ->
                item.direction() == Direction.BACK_PROMOTE
                    || item.direction() == Direction.DIVERGED)
        .toList();
  }

  /// One component that is not the same.
  ///
  /// @param production what last touched it in production
  /// @param there what last touched it in the environment
  public record Item(
      ComponentId component,
      CellState state,
      Direction direction,
      Optional<LastCommit> production,
      Optional<LastCommit> there) {}

  /// Which side is ahead.
  public enum Direction {
    /// Production has a change that the environment lacks.
    BACK_PROMOTE,
    /// The environment has a change that production lacks.
    PROMOTE,
    /// Both have a change that the other lacks.
    DIVERGED,
    /// Each contains the other's last commit, or a last commit is not known yet.
    UNKNOWN
  }
}

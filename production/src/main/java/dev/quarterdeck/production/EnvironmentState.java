package dev.quarterdeck.production;

import dev.quarterdeck.production.components.ComponentId;
import dev.quarterdeck.production.components.ComponentRegistry;
import dev.quarterdeck.production.source.Changes;
import dev.quarterdeck.production.source.FileChange;
import dev.quarterdeck.production.source.FileChange.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How one environment differs from production. Immutable.
final class EnvironmentState {
  private final String name;
  private final @Nullable String commit;
  private final @Nullable Changes changes;
  private final @Nullable String error;
  private final Map<ComponentId, Difference> differences;

  /// One component that is not the same.
  ///
  /// @param files that differ
  record Difference(CellState state, List<FileChange> files) {}

  private EnvironmentState(
      String name,
      @Nullable String commit,
      @Nullable Changes changes,
      @Nullable String error,
      Map<ComponentId, Difference> differences) {
    this.name = name;
    this.commit = commit;
    this.changes = changes;
    this.error = error;
    this.differences = differences;
  }

  static EnvironmentState failed(String name, @Nullable String commit, String error) {
    return new EnvironmentState(name, commit, null, error, Map.of());
  }

  /// @param changes from production to the environment
  static EnvironmentState of(
      String name, Changes changes, TreeIndex production, ComponentRegistry registry) {
    Map<ComponentId, List<FileChange>> grouped = new HashMap<>();
    for (FileChange change : changes.files()) {
      registry
          .resolve(change.path())
          .ifPresent(id -> grouped.computeIfAbsent(id, ignored -> new ArrayList<>()).add(change));
    }
    Map<ComponentId, Difference> differences = HashMap.newHashMap(grouped.size());
    grouped.forEach(
        (id, files) -> differences.put(id, new Difference(state(id, files, production), files)));
    return new EnvironmentState(name, changes.to(), changes, null, differences);
  }

  private static CellState state(ComponentId id, List<FileChange> files, TreeIndex production) {
    int there = production.files(id).size();
    if (there == 0) {
      return CellState.ONLY_HERE;
    }
    long removed = files.stream().filter(file -> file.kind() == Kind.REMOVED).count();
    return removed == there && removed == files.size() ? CellState.MISSING : CellState.DIFFERENT;
  }

  String name() {
    return name;
  }

  /// Full id of the head, empty when there is no such branch.
  Optional<String> commit() {
    return Optional.ofNullable(commit);
  }

  /// What differs, empty when it could not be found out.
  Optional<Changes> changes() {
    return Optional.ofNullable(changes);
  }

  Optional<String> error() {
    return Optional.ofNullable(error);
  }

  Map<ComponentId, Difference> differences() {
    return differences;
  }

  /// Whether this says how the environment at this commit differs from that production.
  boolean compares(String head, Snapshot other) {
    return changes != null && head.equals(commit) && Objects.equals(changes.from(), other.commit());
  }

  CellState state(ComponentId id, boolean inProduction) {
    if (changes == null) {
      return CellState.UNKNOWN;
    }
    Difference difference = differences.get(id);
    if (difference != null) {
      return difference.state();
    }
    return inProduction ? CellState.SAME : CellState.MISSING;
  }

  /// Paths that differ and that the environment has.
  Set<String> ownPaths() {
    return paths(Set.of(Kind.ADDED, Kind.MODIFIED));
  }

  /// Paths that only the environment has.
  Set<String> addedPaths() {
    return paths(Set.of(Kind.ADDED));
  }

  private Set<String> paths(Set<Kind> kinds) {
    Set<String> paths = new HashSet<>();
    if (changes != null) {
      changes.files().stream()
          .filter(file -> kinds.contains(file.kind()))
          .forEach(file -> paths.add(file.path()));
    }
    return paths;
  }

  SnapshotInfo.Environment info() {
    return new SnapshotInfo.Environment(name, commit(), error());
  }
}

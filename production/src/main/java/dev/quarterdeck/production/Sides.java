package dev.quarterdeck.production;

import dev.quarterdeck.production.components.ComponentId;
import dev.quarterdeck.production.components.ComponentRegistry;
import dev.quarterdeck.production.source.Call;
import dev.quarterdeck.production.source.Changes;
import dev.quarterdeck.production.source.Commit;
import dev.quarterdeck.production.source.Source;
import dev.quarterdeck.production.source.SourceException;
import dev.quarterdeck.production.source.SourceFault;
import dev.quarterdeck.production.source.TreeFile;
import dev.quarterdeck.runtime.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Branches as questions name them: their commit, and their files by component.
final class Sides {
  /// Each holds every path of a repository.
  private static final int KEPT = 6;

  private final Source source;
  private final Map<String, TreeIndex> trees =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, TreeIndex> eldest) {
          return size() > KEPT;
        }
      };

  Sides(Source source) {
    this.source = source;
  }

  /// One branch at its commit.
  record Side(String branch, String commit, TreeIndex tree) {
    /// The files of the component, by its name, then as files spell the name, then those of the
    /// component that it is a part of.
    Found find(ComponentId id, ComponentRegistry registry) {
      List<TreeFile> files = tree.files(id);
      if (!files.isEmpty()) {
        return new Found(id, files, Optional.empty());
      }
      Optional<ComponentId> encoded = registry.encoded(id);
      if (encoded.isPresent() && !tree.files(encoded.get()).isEmpty()) {
        return new Found(encoded.get(), tree.files(encoded.get()), Optional.empty());
      }
      Optional<ComponentId> owner = registry.owner(id);
      if (owner.isPresent() && !tree.files(owner.get()).isEmpty()) {
        return new Found(owner.get(), tree.files(owner.get()), owner);
      }
      return new Found(id, List.of(), Optional.empty());
    }
  }

  /// What was found of a component.
  ///
  /// @param keptIn the component whose file holds it
  record Found(ComponentId id, List<TreeFile> files, Optional<ComponentId> keptIn) {
    boolean exists() {
      return !files.isEmpty();
    }

    List<String> paths() {
      return files.stream().map(TreeFile::path).toList();
    }
  }

  /// The side of this branch.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException when there is no such branch
  Side of(Call call, Snapshot snapshot, String branch) {
    if (branch.equals(snapshot.branch())) {
      return new Side(branch, snapshot.commit(), snapshot.production());
    }
    Optional<String> known = snapshot.environment(branch).flatMap(EnvironmentState::commit);
    String commit =
        known.orElseGet(
            () ->
                source
                    .commit(call, branch)
                    .map(Commit::id)
                    .orElseThrow(() -> unknown(snapshot, branch).raise()));
    return new Side(branch, commit, tree(call, snapshot, commit));
  }

  private static Problem unknown(Snapshot snapshot, String branch) {
    String others =
        snapshot.environments().stream()
            .map(EnvironmentState::name)
            .collect(Collectors.joining(", "));
    return new Problem.NotFound(
        "branch_not_found",
        "branch: %s is not in %s (expected one of: %s, or another branch)"
            .formatted(
                shown(branch),
                snapshot.repository(),
                others.isEmpty() ? snapshot.branch() : snapshot.branch() + ", " + others));
  }

  static String shown(String text) {
    String plain = text.replaceAll("\\p{Cntrl}", "?");
    return plain.length() <= 100 ? plain : plain.substring(0, 100) + "…";
  }

  /// The files of any commit, from production's by what differs.
  TreeIndex tree(Call call, Snapshot snapshot, String commit) {
    if (commit.equals(snapshot.commit())) {
      return snapshot.production();
    }
    synchronized (trees) {
      TreeIndex kept = trees.get(commit);
      if (kept != null) {
        return kept;
      }
    }
    TreeIndex made = read(call, snapshot, commit);
    synchronized (trees) {
      trees.put(commit, made);
    }
    return made;
  }

  private TreeIndex read(Call call, Snapshot snapshot, String commit) {
    try {
      return snapshot
          .production()
          .after(changes(call, snapshot, snapshot.commit(), commit), snapshot.registry());
    } catch (SourceException tooMuch) {
      if (tooMuch.fault() instanceof SourceFault.TooLarge) {
        return TreeIndex.of(source.tree(call, commit), snapshot.registry());
      }
      throw tooMuch;
    }
  }

  /// What differs between two commits, from the snapshot where it knows that.
  Changes changes(Call call, Snapshot snapshot, String from, String to) {
    if (from.equals(to)) {
      return new Changes(from, to, List.of());
    }
    if (from.equals(snapshot.commit())) {
      for (EnvironmentState environment : snapshot.environments()) {
        if (environment.compares(to, snapshot)) {
          return environment.changes().orElseThrow();
        }
      }
    }
    return source.changes(call, from, to);
  }
}

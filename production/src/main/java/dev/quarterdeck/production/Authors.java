package dev.quarterdeck.production;

import dev.quarterdeck.production.source.Commit;
import dev.quarterdeck.production.source.LastCommits;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The last commits of paths, as far as they are known, for each branch of a snapshot. Immutable.
final class Authors {
  static final Authors NONE = new Authors(Map.of());

  private static final Comparator<Commit> BY_DATE =
      Comparator.comparing(Commit::date).thenComparing(Commit::id);

  private final Map<String, LastCommits> byBranch;
  private final Map<String, LastCommit> views = new ConcurrentHashMap<>();

  private Authors(Map<String, LastCommits> byBranch) {
    this.byBranch = byBranch;
  }

  /// What is known about some paths together.
  ///
  /// @param pending whether one of them is still being looked for
  record Newest(Optional<LastCommit> commit, boolean pending) {
    static final Newest PENDING = new Newest(Optional.empty(), true);
    static final Newest NONE = new Newest(Optional.empty(), false);
  }

  Authors with(String branch, LastCommits found) {
    Map<String, LastCommits> copy = new HashMap<>(byBranch);
    copy.put(branch, found);
    return new Authors(Map.copyOf(copy));
  }

  /// What was found for the branch, at whatever head.
  Optional<LastCommits> of(String branch) {
    return Optional.ofNullable(byBranch.get(branch));
  }

  /// Whether every search at these heads has ended.
  boolean complete(Map<String, String> heads) {
    return heads.entrySet().stream()
        .allMatch(
            entry -> {
              LastCommits found = byBranch.get(entry.getKey());
              return found != null && found.head().equals(entry.getValue()) && found.complete();
            });
  }

  /// Searches that have ended, to tell one state of the knowledge from another.
  int known() {
    return byBranch.values().stream().mapToInt(found -> found.owners().size()).sum();
  }

  /// The newest of the last commits of these paths of a branch at this head.
  Newest newest(String branch, String head, Collection<String> paths) {
    LastCommits found = byBranch.get(branch);
    if (paths.isEmpty()) {
      return Newest.NONE;
    }
    if (found == null || !found.head().equals(head)) {
      return Newest.PENDING;
    }
    Commit newest = null;
    for (String path : paths) {
      String id = found.owners().get(path);
      if (id == null) {
        return Newest.PENDING;
      }
      Commit commit = found.commits().get(id);
      if (commit != null && (newest == null || BY_DATE.compare(commit, newest) > 0)) {
        newest = commit;
      }
    }
    return newest == null ? Newest.NONE : new Newest(Optional.of(view(newest)), false);
  }

  /// Every last commit of these paths that is known.
  Collection<Commit> all(String branch, String head, Collection<String> paths) {
    LastCommits found = byBranch.get(branch);
    Map<String, Commit> commits = new HashMap<>();
    if (found != null && found.head().equals(head)) {
      for (String path : paths) {
        String id = found.owners().get(path);
        Commit commit = id == null ? null : found.commits().get(id);
        if (commit != null) {
          commits.put(commit.id(), commit);
        }
      }
    }
    return commits.values();
  }

  private LastCommit view(Commit commit) {
    return views.computeIfAbsent(commit.id(), ignored -> LastCommit.of(commit));
  }
}

package dev.quarterdeck.production.source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The search for last commits, over any source that can compare a commit with its parents. All
/// paths travel in sets, newest commit first, so that a commit costs one comparison for each parent
/// that paths are left for.
public final class LastCommitWalk {
  private final Steps steps;
  private final @Nullable LastCommits known;
  private final Map<String, String> owners;
  private final Map<String, Commit> commits;
  private final Map<String, Set<String>> standing = new HashMap<>();
  private final PriorityQueue<Commit> queue =
      new PriorityQueue<>(Comparator.comparing(Commit::date).reversed());

  private LastCommitWalk(LastCommits task, @Nullable LastCommits known, Steps steps) {
    this.steps = steps;
    this.known = known;
    this.owners = new HashMap<>(task.owners());
    this.commits = new HashMap<>(task.commits());
    task.frontier().forEach((commit, paths) -> standing.put(commit, new HashSet<>(paths)));
  }

  /// Searches until every path has its commit, or a passing fault stops the search after it got
  /// somewhere; then the answer holds what is still pending.
  ///
  /// @throws SourceException a fault that is not passing, or that came before any progress; not
  ///   [SourceFault.OverBudget]
  public static LastCommits run(LastCommits task, @Nullable LastCommits known, Steps steps) {
    return new LastCommitWalk(task, known, steps).search(task);
  }

  private LastCommits search(LastCommits task) {
    boolean progress = false;
    try {
      for (String id : List.copyOf(standing.keySet())) {
        takeKnown(id);
      }
      for (String id : List.copyOf(standing.keySet())) {
        queue.add(steps.commit(id));
      }
      for (Commit next = queue.poll(); next != null; next = queue.poll()) {
        visit(next);
        progress = true;
      }
    } catch (SourceException e) {
      boolean overBudget = e.fault() instanceof SourceFault.OverBudget;
      if (!overBudget && !(progress && e.fault().passing())) {
        throw e;
      }
    }
    return new LastCommits(task.head(), owners, commits, standing);
  }

  /// Asks everything before it changes anything: a fault leaves the search where it stood.
  private void visit(Commit commit) {
    Set<String> paths = standing.get(commit.id());
    if (paths == null) {
      return;
    }
    if (commit.parents().isEmpty()) {
      own(commit, intersection(steps.changed(null, commit.id(), paths), paths));
      standing.remove(commit.id());
      return;
    }
    List<Set<String>> left = new ArrayList<>();
    List<Commit> next = new ArrayList<>();
    Set<String> rest = paths;
    for (String parent : commit.parents()) {
      Set<String> differing = intersection(steps.changed(parent, commit.id(), rest), rest);
      left.add(differing);
      if (differing.size() < rest.size() && !standing.containsKey(parent)) {
        next.add(steps.commit(parent));
      }
      rest = differing;
      if (rest.isEmpty()) {
        break;
      }
    }
    standing.remove(commit.id());
    Set<String> travelling = paths;
    for (int i = 0; i < left.size(); i++) {
      Set<String> differing = left.get(i);
      travelling.removeAll(differing);
      move(commit.parents().get(i), travelling);
      travelling = differing;
    }
    own(commit, travelling);
    next.stream().filter(each -> standing.containsKey(each.id())).forEach(queue::add);
  }

  private void move(String to, Set<String> paths) {
    if (!paths.isEmpty()) {
      standing.merge(to, paths, LastCommitWalk::union);
      takeKnown(to);
    }
  }

  private void own(Commit commit, Set<String> paths) {
    if (!paths.isEmpty()) {
      commits.put(commit.id(), commit);
      paths.forEach(path -> owners.put(path, commit.id()));
    }
  }

  private void takeKnown(String id) {
    Set<String> here = standing.get(id);
    if (known == null || here == null || !known.head().equals(id)) {
      return;
    }
    here.removeIf(this::takeKnownPath);
    if (here.isEmpty()) {
      standing.remove(id);
    }
  }

  private boolean takeKnownPath(String path) {
    String owner = known == null ? null : known.owners().get(path);
    Commit commit = known == null || owner == null ? null : known.commits().get(owner);
    if (owner == null || commit == null) {
      return false;
    }
    owners.put(path, owner);
    commits.put(owner, commit);
    return true;
  }

  private static Set<String> union(Set<String> one, Set<String> other) {
    if (one.size() < other.size()) {
      other.addAll(one);
      return other;
    }
    one.addAll(other);
    return one;
  }

  private static Set<String> intersection(Set<String> changed, Set<String> paths) {
    Set<String> smaller = changed.size() < paths.size() ? changed : paths;
    Set<String> larger = changed.size() < paths.size() ? paths : changed;
    Set<String> result = new HashSet<>();
    for (String path : smaller) {
      if (larger.contains(path)) {
        result.add(path);
      }
    }
    return result;
  }

  /// What the search asks of a source. Throws [SourceException] for faults.
  public interface Steps {
    /// The commit of this full id.
    Commit commit(String id);

    /// Paths that differ between a commit and its parent (null: the empty tree).
    ///
    /// @param among the paths that matter, not to be changed; the answer may hold others too
    Set<String> changed(@Nullable String parent, String commit, Set<String> among);
  }
}

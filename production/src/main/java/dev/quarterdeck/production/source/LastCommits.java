package dev.quarterdeck.production.source;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// For paths at one commit the commit that last touched each, and the searches not yet ended: both
/// the task and the answer of [Source#lastCommits].
///
/// A path's search goes from a commit to its first parent that has the same file (same content and
/// mode, or also none), and ends at the commit no parent of which has. Where a search stands is
/// part of the value, so that it can be stopped at a request budget, kept, and continued.
///
/// @param head full id
/// @param owners path to full commit id; a path that never existed has none
/// @param commits the owners by id, no others
/// @param frontier commit id to the paths whose search stands there: still pending
public record LastCommits(
    String head,
    Map<String, String> owners,
    Map<String, Commit> commits,
    Map<String, Set<String>> frontier) {
  public LastCommits {
    owners = Map.copyOf(owners);
    commits = Map.copyOf(commits);
    frontier =
        frontier.entrySet().stream()
            .filter(entry -> !entry.getValue().isEmpty())
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, entry -> Set.copyOf(entry.getValue())));
  }

  /// The task to find the last commits of these paths from nothing.
  public static LastCommits of(String head, Collection<String> paths) {
    return new LastCommits(head, Map.of(), Map.of(), Map.of(head, Set.copyOf(paths)));
  }

  /// Whether every search has ended.
  public boolean complete() {
    return frontier.isEmpty();
  }

  /// Paths whose search has not ended.
  public Set<String> pending() {
    return frontier.values().stream().flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
  }
}

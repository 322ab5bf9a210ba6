package dev.quarterdeck.production.source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/// Commits, newest first; none stands before a descendant of it that is listed with the commits
/// between them. Commits of the same second stand by id, whatever order the source has.
///
/// @param complete false when the limit cut the log
public record CommitLog(List<Commit> commits, boolean complete) {
  public CommitLog {
    commits = ordered(commits);
  }

  private static List<Commit> ordered(List<Commit> commits) {
    Map<String, Commit> byId = HashMap.newHashMap(commits.size());
    commits.forEach(commit -> byId.put(commit.id(), commit));
    Map<String, Integer> children = HashMap.newHashMap(commits.size());
    for (Commit commit : byId.values()) {
      commit.parents().forEach(parent -> children.merge(parent, 1, Integer::sum));
    }
    PriorityQueue<Commit> ready =
        new PriorityQueue<>(
            Comparator.comparing(Commit::date).reversed().thenComparing(Commit::id));
    byId.values().stream().filter(each -> !children.containsKey(each.id())).forEach(ready::add);
    List<Commit> result = new ArrayList<>(byId.size());
    for (Commit next = ready.poll(); next != null; next = ready.poll()) {
      result.add(next);
      for (String id : next.parents()) {
        Commit parent = byId.get(id);
        if (children.merge(id, -1, Integer::sum) == 0 && parent != null) {
          ready.add(parent);
        }
      }
    }
    return List.copyOf(result);
  }
}

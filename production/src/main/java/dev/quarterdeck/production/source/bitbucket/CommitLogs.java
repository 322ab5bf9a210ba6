package dev.quarterdeck.production.source.bitbucket;

import dev.quarterdeck.production.source.Commit;
import dev.quarterdeck.production.source.CommitLog;
import dev.quarterdeck.production.source.LogQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Logs from a host's list of commits, which is read only as far as it is needed.
final class CommitLogs {
  private CommitLogs() {}

  /// The log that is asked for.
  ///
  /// @param reachable commits reachable from the included and not from the excluded ones
  static CommitLog of(LogQuery query, Iterator<Commit> reachable) {
    return query.firstParent() ? firstParents(query, reachable) : first(reachable, query.limit());
  }

  /// The first commits of a list.
  static CommitLog first(Iterator<Commit> list, int limit) {
    List<Commit> commits = new ArrayList<>();
    while (list.hasNext()) {
      if (commits.size() >= limit) {
        return new CommitLog(commits, false);
      }
      commits.add(list.next());
    }
    return new CommitLog(commits, true);
  }

  private static CommitLog firstParents(LogQuery query, Iterator<Commit> reachable) {
    Map<String, Commit> read = new HashMap<>();
    Set<String> taken = new HashSet<>();
    List<Commit> commits = new ArrayList<>();
    for (String start : query.include()) {
      String next = start;
      while (taken.add(next)) {
        while (!read.containsKey(next) && reachable.hasNext()) {
          Commit commit = reachable.next();
          read.put(commit.id(), commit);
        }
        Commit commit = read.get(next);
        if (commit == null) {
          break;
        }
        if (commits.size() >= query.limit()) {
          return new CommitLog(commits, false);
        }
        commits.add(commit);
        if (commit.parents().isEmpty()) {
          break;
        }
        next = commit.parents().getFirst();
      }
    }
    return new CommitLog(commits, true);
  }
}

package dev.quarterdeck.production;

import dev.quarterdeck.production.source.Call;
import dev.quarterdeck.production.source.Commit;
import dev.quarterdeck.production.source.LastCommits;
import dev.quarterdeck.production.source.Source;
import dev.quarterdeck.production.source.SourceException;
import dev.quarterdeck.production.source.SourceFault;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Last commits of paths of any branch: from the snapshot where it knows them, else looked for when
/// asked, all paths of a question together, and remembered.
final class Attribution {
  private static final int KEPT = 16;

  private final Source source;
  private final Map<String, LastCommits> byHead =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, LastCommits> eldest) {
          return size() > KEPT;
        }
      };

  Attribution(Source source) {
    this.source = source;
  }

  /// What is known of some paths of one side.
  static final class Known {
    private final Sides.Side side;
    private final Authors first;
    private final Authors second;

    private Known(Sides.Side side, Authors first, Authors second) {
      this.side = side;
      this.first = first;
      this.second = second;
    }

    /// The newest of the last commits of these paths.
    Authors.Newest newest(Collection<String> paths) {
      Authors.Newest known = first.newest(side.branch(), side.commit(), paths);
      return known.pending() ? second.newest(side.branch(), side.commit(), paths) : known;
    }
  }

  /// Finds the last commits of these paths, all of which the side has.
  Known find(Call call, Snapshot snapshot, Sides.Side side, Set<String> paths) {
    Authors known = snapshot.authors();
    if (side.branch().equals(snapshot.branch()) && side.commit().equals(snapshot.commit())) {
      return new Known(side, known, Authors.NONE);
    }
    LastCommits before = remembered(side.commit());
    Set<String> missing = new HashSet<>(paths);
    missing.removeAll(before.owners().keySet());
    if (!missing.isEmpty()) {
      before = merged(before, search(call, snapshot, side, missing));
      synchronized (byHead) {
        byHead.put(side.commit(), before);
      }
    }
    return new Known(side, known, Authors.NONE.with(side.branch(), before));
  }

  private LastCommits remembered(String head) {
    synchronized (byHead) {
      return byHead.getOrDefault(head, new LastCommits(head, Map.of(), Map.of(), Map.of()));
    }
  }

  /// What cannot be found now is pending, whatever the reason.
  private LastCommits search(Call call, Snapshot snapshot, Sides.Side side, Set<String> missing) {
    try {
      return source.lastCommits(
          call,
          LastCommits.of(side.commit(), missing),
          snapshot.authors().of(snapshot.branch()).orElse(null));
    } catch (SourceException failed) {
      if (failed.fault() instanceof SourceFault.Cancelled) {
        throw failed;
      }
      return new LastCommits(side.commit(), Map.of(), Map.of(), Map.of());
    }
  }

  private static LastCommits merged(LastCommits one, LastCommits other) {
    Map<String, String> owners = new HashMap<>(one.owners());
    owners.putAll(other.owners());
    Map<String, Commit> commits = new HashMap<>(one.commits());
    commits.putAll(other.commits());
    return new LastCommits(one.head(), owners, commits, Map.of());
  }
}

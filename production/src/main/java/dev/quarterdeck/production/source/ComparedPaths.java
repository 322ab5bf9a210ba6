package dev.quarterdeck.production.source;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which paths differ between two commits, as far as it was asked lately. A search for one more
/// path goes over commits that an earlier search compared, and comparing them again is what costs.
/// Bounded by the number of paths; safe for many threads.
public final class ComparedPaths {
  private static final int MOST_PATHS = 400_000;

  private final Map<Pair, Set<String>> kept = new LinkedHashMap<>(64, 0.75f, true);
  private int paths;

  /// Remembers that these paths and no others differ.
  ///
  /// @param from null means the empty tree
  public synchronized void keep(@Nullable String from, String to, Set<String> differing) {
    if (differing.size() > MOST_PATHS / 2) {
      return;
    }
    Set<String> before = kept.put(new Pair(from, to), Set.copyOf(differing));
    paths += differing.size() - (before == null ? 0 : before.size());
    var oldest = kept.values().iterator();
    while (paths > MOST_PATHS) {
      paths -= oldest.next().size();
      oldest.remove();
    }
  }

  private synchronized @Nullable Set<String> find(@Nullable String from, String to) {
    return kept.get(new Pair(from, to));
  }

  /// The same steps, with each comparison made once.
  ///
  /// @param steps answer with all paths that differ, whichever matter
  public LastCommitWalk.Steps over(LastCommitWalk.Steps steps) {
    return new LastCommitWalk.Steps() {
      @Override
      public Commit commit(String id) {
        return steps.commit(id);
      }

      @Override
      public Set<String> changed(@Nullable String parent, String commit, Set<String> among) {
        Set<String> known = find(parent, commit);
        if (known != null) {
          return new HashSet<>(known);
        }
        Set<String> differing = steps.changed(parent, commit, among);
        keep(parent, commit, differing);
        return differing;
      }
    };
  }

  private record Pair(@Nullable String from, String to) {}
}

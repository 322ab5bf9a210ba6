package dev.quarterdeck.production.source.bitbucket;

import dev.quarterdeck.production.source.Commit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The commits read last, by full id: they never change. Safe for all threads.
final class CommitCache {
  private static final int MOST = 20_000;
  private final Map<String, Commit> commits =
      new LinkedHashMap<>(1024, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Commit> eldest) {
          return size() > MOST;
        }
      };

  synchronized Commit keep(Commit commit) {
    commits.put(commit.id(), commit);
    return commit;
  }

  synchronized Optional<Commit> find(String id) {
    return Optional.ofNullable(commits.get(id));
  }
}

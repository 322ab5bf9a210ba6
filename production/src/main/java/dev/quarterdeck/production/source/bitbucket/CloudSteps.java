package dev.quarterdeck.production.source.bitbucket;

import dev.quarterdeck.production.source.Call;
import dev.quarterdeck.production.source.Commit;
import dev.quarterdeck.production.source.LastCommitWalk;
import dev.quarterdeck.production.source.LastCommits;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The steps of the search for last commits on Bitbucket Cloud: commits by the hundred, and one
/// comparison for each parent.
final class CloudSteps implements LastCommitWalk.Steps {
  private final CloudSource source;
  private final Call call;
  private final @Nullable LastCommits known;

  CloudSteps(CloudSource source, Call call, @Nullable LastCommits known) {
    this.source = source;
    this.call = call;
    this.known = known;
  }

  @Override
  public Commit commit(String id) {
    return source.commitWithAncestors(call, id, known == null ? null : known.head());
  }

  @Override
  public Set<String> changed(@Nullable String parent, String commit, Set<String> among) {
    Set<String> paths = new HashSet<>();
    source.compare(call, parent, commit, change -> paths.add(change.path()));
    return paths;
  }
}

package dev.quarterdeck.production.source.git;

import dev.quarterdeck.production.source.Call;
import dev.quarterdeck.production.source.Commit;
import dev.quarterdeck.production.source.LastCommitWalk;
import dev.quarterdeck.production.source.LastCommits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.AndTreeFilter;
import org.eclipse.jgit.treewalk.filter.PathFilterGroup;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.jspecify.annotations.Nullable;

/// The steps of the search for last commits over one reader; of one thread.
final class GitSteps implements LastCommitWalk.Steps, AutoCloseable {
  /// Up to so many paths a comparison looks at these alone, not at all that a commit changed.
  private static final int FEW = 100;

  private final Call call;
  private final ObjectReader reader;
  private final RevWalk commits;
  private final TreeWalk trees;
  private final TreeDiff differences;
  private final Map<String, Commit> seen = new HashMap<>();

  private GitSteps(Repository repository, Call call) {
    this.call = call;
    this.reader = repository.newObjectReader();
    this.commits = new RevWalk(reader);
    this.trees = new TreeWalk(repository, reader);
    this.differences = new TreeDiff(reader);
  }

  static LastCommits search(
      Repository repository, Call call, LastCommits task, @Nullable LastCommits known)
      throws IOException {
    try (GitSteps steps = new GitSteps(repository, call)) {
      return LastCommitWalk.run(task, known, steps);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public Commit commit(String id) {
    return seen.computeIfAbsent(
        id,
        _ -> {
          try {
            return Commits.value(Commits.parse(commits, id));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  @Override
  public Set<String> changed(@Nullable String parent, String commit, Set<String> among) {
    call.check();
    try {
      return among.size() > FEW ? allChanged(parent, commit) : fewChanged(parent, commit, among);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Set<String> allChanged(@Nullable String parent, String commit) throws IOException {
    Set<String> paths = new HashSet<>();
    differences.differences(
        parent == null ? null : tree(parent), tree(commit), (path, _) -> paths.add(path));
    return paths;
  }

  private Set<String> fewChanged(@Nullable String parent, String commit, Set<String> among)
      throws IOException {
    trees.reset();
    if (parent == null) {
      trees.addTree(new EmptyTreeIterator());
    } else {
      trees.addTree(tree(parent));
    }
    trees.addTree(tree(commit));
    trees.setRecursive(true);
    trees.setFilter(
        AndTreeFilter.create(PathFilterGroup.createFromStrings(among), TreeFilter.ANY_DIFF));
    Set<String> paths = new HashSet<>();
    while (trees.next()) {
      paths.add(Trees.path(trees));
    }
    return paths;
  }

  private ObjectId tree(String commit) throws IOException {
    RevCommit parsed = Commits.parse(commits, commit);
    return parsed.getTree();
  }

  @Override
  public void close() {
    trees.close();
    commits.close();
    reader.close();
  }
}

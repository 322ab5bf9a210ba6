package dev.quarterdeck.production.source.git;

import dev.quarterdeck.production.source.Call;
import dev.quarterdeck.production.source.Commit;
import dev.quarterdeck.production.source.CommitLog;
import dev.quarterdeck.production.source.LogQuery;
import dev.quarterdeck.production.source.MergeBases;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.treewalk.TreeWalk;

/// Walks over commits.
final class Histories {
  private Histories() {}

  static CommitLog log(Repository repository, LogQuery query) throws IOException {
    return query.firstParent() ? firstParents(repository, query) : range(repository, query);
  }

  private static CommitLog range(Repository repository, LogQuery query) throws IOException {
    try (RevWalk walk = marked(repository, query)) {
      List<Commit> commits = new ArrayList<>();
      for (RevCommit commit : walk) {
        if (commits.size() == query.limit()) {
          return new CommitLog(commits, false);
        }
        commits.add(Commits.value(commit));
      }
      return new CommitLog(commits, true);
    }
  }

  /// The excluded side is left out with all its ancestors, not only with its first parents.
  private static CommitLog firstParents(Repository repository, LogQuery query) throws IOException {
    Set<ObjectId> within = new HashSet<>();
    if (!query.exclude().isEmpty()) {
      try (RevWalk walk = marked(repository, query)) {
        walk.forEach(commit -> within.add(commit.copy()));
      }
    }
    try (RevWalk walk = new RevWalk(repository)) {
      List<Commit> commits = new ArrayList<>();
      Set<ObjectId> taken = new HashSet<>();
      for (String start : query.include()) {
        RevCommit next = Commits.parse(walk, start);
        while ((query.exclude().isEmpty() || within.contains(next)) && taken.add(next)) {
          if (commits.size() == query.limit()) {
            return new CommitLog(commits, false);
          }
          commits.add(Commits.value(next));
          if (next.getParentCount() == 0) {
            break;
          }
          next = walk.parseCommit(next.getParent(0));
        }
      }
      return new CommitLog(commits, true);
    }
  }

  private static RevWalk marked(Repository repository, LogQuery query) throws IOException {
    RevWalk walk = new RevWalk(repository);
    try {
      for (String id : query.include()) {
        walk.markStart(Commits.parse(walk, id));
      }
      for (String id : query.exclude()) {
        walk.markUninteresting(Commits.parse(walk, id));
      }
      return walk;
    } catch (IOException | RuntimeException e) {
      walk.close();
      throw e;
    }
  }

  /// Git's default simplification: a commit that has the path as one of its parents has it is left
  /// out and only that parent is followed; any other is listed and all its parents are followed.
  static CommitLog ofPath(Repository repository, Call call, String commit, String path, int limit)
      throws IOException {
    try (ObjectReader reader = repository.newObjectReader();
        RevWalk walk = new RevWalk(reader)) {
      PriorityQueue<RevCommit> queue =
          new PriorityQueue<>(Comparator.comparing(RevCommit::getCommitTime).reversed());
      Set<ObjectId> queued = new HashSet<>();
      queue.add(Commits.parse(walk, commit));
      List<Commit> commits = new ArrayList<>();
      for (RevCommit next = queue.poll(); next != null; next = queue.poll()) {
        call.check();
        Entry here = Entry.at(reader, next, path);
        List<RevCommit> follow = new ArrayList<>();
        boolean same = next.getParentCount() == 0 && here.equals(Entry.NONE);
        for (RevCommit each : next.getParents()) {
          RevCommit parent = walk.parseCommit(each);
          if (here.equals(Entry.at(reader, parent, path))) {
            same = true;
            follow = List.of(parent);
            break;
          }
          follow.add(parent);
        }
        if (!same) {
          if (commits.size() == limit) {
            return new CommitLog(commits, false);
          }
          commits.add(Commits.value(next));
        }
        follow.stream().filter(parent -> queued.add(parent.copy())).forEach(queue::add);
      }
      return new CommitLog(commits, true);
    }
  }

  static MergeBases mergeBases(Repository repository, String one, String other) throws IOException {
    try (RevWalk walk = new RevWalk(repository)) {
      walk.setRevFilter(RevFilter.MERGE_BASE);
      walk.markStart(Commits.parse(walk, one));
      walk.markStart(Commits.parse(walk, other));
      return new MergeBases(
          StreamSupport.stream(walk.spliterator(), false).map(RevCommit::name).toList(), true);
    }
  }

  static boolean isAncestor(Repository repository, String ancestor, String descendant)
      throws IOException {
    try (RevWalk walk = new RevWalk(repository)) {
      return walk.isMergedInto(Commits.parse(walk, ancestor), Commits.parse(walk, descendant));
    }
  }

  /// What a tree has at a path: a file, a directory with all in it, or nothing.
  private record Entry(int mode, ObjectId id) {
    static final Entry NONE = new Entry(0, ObjectId.zeroId());

    static Entry at(ObjectReader reader, RevCommit commit, String path) throws IOException {
      try (TreeWalk walk = TreeWalk.forPath(reader, path, commit.getTree())) {
        return walk == null ? NONE : new Entry(walk.getRawMode(0), walk.getObjectId(0));
      }
    }
  }
}

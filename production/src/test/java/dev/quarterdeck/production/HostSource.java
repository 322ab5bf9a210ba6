package dev.quarterdeck.production;

import dev.quarterdeck.production.source.Call;
import dev.quarterdeck.production.source.Changes;
import dev.quarterdeck.production.source.Commit;
import dev.quarterdeck.production.source.CommitLog;
import dev.quarterdeck.production.source.Content;
import dev.quarterdeck.production.source.FileChange;
import dev.quarterdeck.production.source.LastCommitWalk;
import dev.quarterdeck.production.source.LastCommits;
import dev.quarterdeck.production.source.LogQuery;
import dev.quarterdeck.production.source.MergeBases;
import dev.quarterdeck.production.source.RefScope;
import dev.quarterdeck.production.source.Refs;
import dev.quarterdeck.production.source.Source;
import dev.quarterdeck.production.source.SourceException;
import dev.quarterdeck.production.source.SourceFault;
import dev.quarterdeck.production.source.Tree;
import dev.quarterdeck.production.source.TreeFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A clone that behaves like a host: every answer costs a request, trees hold no blobs, and it can
/// be told to fail or to wait.
final class HostSource implements Source {
  private final Source git;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final AtomicReference<@Nullable CountDownLatch> gate = new AtomicReference<>();
  private volatile Predicate<String> failing = ignored -> false;
  private volatile SourceFault fault = new SourceFault.Unavailable("the host is down");

  HostSource(Source git) {
    this.git = git;
  }

  /// What was asked so far: `refs`, `tree <commit>`, …
  List<String> requests() {
    return new ArrayList<>(requests);
  }

  void forget() {
    requests.clear();
  }

  /// Requests that match fail from now on.
  void fail(Predicate<String> which) {
    failing = which;
  }

  void failWith(SourceFault with) {
    fault = with;
    failing = ignored -> true;
  }

  /// Requests wait until the latch opens.
  void hold(@Nullable CountDownLatch latch) {
    gate.set(latch);
  }

  private void request(Call call, String what) {
    call.request();
    requests.add(what);
    CountDownLatch latch = gate.get();
    if (latch != null) {
      try {
        latch.await();
      } catch (InterruptedException ended) {
        Thread.currentThread().interrupt();
        throw new SourceException(new SourceFault.Cancelled("interrupted"), ended);
      }
    }
    if (failing.test(what)) {
      throw new SourceException(fault);
    }
  }

  @Override
  public Kind kind() {
    return Kind.BITBUCKET_CLOUD;
  }

  @Override
  public String name() {
    return "bitbucket cloud acme/org";
  }

  @Override
  public Refs refs(Call call, RefScope scope, @Nullable Refs known) {
    request(call, "refs");
    return git.refs(call, scope, known);
  }

  @Override
  public Optional<Commit> commit(Call call, String refOrId) {
    request(call, "commit " + refOrId);
    return git.commit(call, refOrId);
  }

  @Override
  public Tree tree(Call call, String commit) {
    request(call, "tree " + commit);
    return new Tree(
        commit,
        git.tree(call, commit).files().stream()
            .map(file -> new TreeFile(file.path(), file.mode(), file.size(), null))
            .toList());
  }

  @Override
  public Map<String, Long> sizes(Call call, String commit, Collection<String> paths) {
    request(call, "sizes");
    return git.sizes(call, commit, paths);
  }

  @Override
  public Changes changes(Call call, @Nullable String from, String to) {
    request(call, "changes " + from + " " + to);
    return git.changes(call, from, to);
  }

  @Override
  public CommitLog log(Call call, LogQuery query) {
    request(call, "log");
    return git.log(call, query);
  }

  @Override
  public CommitLog history(Call call, String commit, String path, int limit) {
    request(call, "history " + path);
    return git.history(call, commit, path, limit);
  }

  @Override
  public LastCommits lastCommits(Call call, LastCommits task, @Nullable LastCommits known) {
    return LastCommitWalk.run(
        task,
        known,
        new LastCommitWalk.Steps() {
          @Override
          public Commit commit(String id) {
            return git.commit(call, id).orElseThrow();
          }

          @Override
          public Set<String> changed(@Nullable String parent, String commit, Set<String> among) {
            request(call, "diffstat " + commit);
            return git.changes(call, parent, commit).files().stream()
                .map(FileChange::path)
                .collect(Collectors.toSet());
          }
        });
  }

  @Override
  public Optional<Content> content(Call call, String commit, String path, int limit) {
    request(call, "content " + path);
    return git.content(call, commit, path, limit);
  }

  @Override
  public MergeBases mergeBases(Call call, String one, String other) {
    request(call, "merge-bases");
    return git.mergeBases(call, one, other);
  }

  @Override
  public boolean isAncestor(Call call, String ancestor, String descendant) {
    request(call, "ancestor");
    return git.isAncestor(call, ancestor, descendant);
  }

  @Override
  public void close() {
    git.close();
  }
}

package dev.quarterdeck.production.source.git;

import dev.quarterdeck.production.source.Call;
import dev.quarterdeck.production.source.Changes;
import dev.quarterdeck.production.source.Commit;
import dev.quarterdeck.production.source.CommitLog;
import dev.quarterdeck.production.source.Content;
import dev.quarterdeck.production.source.LastCommits;
import dev.quarterdeck.production.source.LogQuery;
import dev.quarterdeck.production.source.MergeBases;
import dev.quarterdeck.production.source.RefScope;
import dev.quarterdeck.production.source.Refs;
import dev.quarterdeck.production.source.Source;
import dev.quarterdeck.production.source.Tree;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/// A Git repository as a source. It may be pushed to, fetched into and repacked while it is read.
/// Reading a clone costs no upstream request; a mirror costs one for each fetch.
public final class GitSource implements Source {
  private final String name;
  private final Repository repository;
  private final @Nullable Mirror mirror;

  private GitSource(String name, Repository repository, @Nullable Mirror mirror) {
    this.name = name;
    this.repository = repository;
    this.mirror = mirror;
  }

  /// Opens a clone, bare or with a work tree; nothing in it is ever written.
  ///
  /// @throws dev.quarterdeck.production.source.SourceException when there is no repository, or a
  ///   shallow or partial one, in which commits or files are missing
  public static GitSource open(Path directory) {
    Quiet.install();
    return new GitSource("git " + directory, Clones.open(directory), null);
  }

  /// Opens the clone that a `file:` URL names.
  public static GitSource open(URI file) {
    return open(Clones.path(file));
  }

  /// Opens a bare mirror that this process owns, made when it is not there yet. Asking for [#refs]
  /// fetches, nothing else does.
  ///
  /// @param remote `https:`, `http:` or `file:` URL without credentials
  /// @param credentials sent to that URL's host only, and never to another one it redirects to
  /// @param directory of the mirror; its parent is made too
  /// @param timeout of one read of the connection
  public static GitSource mirror(
      URI remote, Optional<GitCredentials> credentials, Path directory, Duration timeout) {
    Quiet.install();
    Mirror mirror = Mirror.open(remote, credentials, directory, timeout);
    return new GitSource("git mirror of " + remote, mirror.repository(), mirror);
  }

  @Override
  public Kind kind() {
    return Kind.GIT;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Refs refs(Call call, RefScope scope, @Nullable Refs known) {
    if (mirror != null) {
      mirror.fetch(call);
    }
    return read(call, () -> Names.refs(repository, scope, known));
  }

  @Override
  public Optional<Commit> commit(Call call, String refOrId) {
    return read(call, () -> Names.commit(repository, refOrId));
  }

  @Override
  public Tree tree(Call call, String commit) {
    return read(call, () -> Trees.list(repository, commit));
  }

  @Override
  public Map<String, Long> sizes(Call call, String commit, Collection<String> paths) {
    return read(call, () -> Trees.sizes(repository, commit, paths));
  }

  @Override
  public Changes changes(Call call, @Nullable String from, String to) {
    return read(call, () -> Trees.changes(repository, from, to));
  }

  @Override
  public CommitLog log(Call call, LogQuery query) {
    return read(call, () -> Histories.log(repository, query));
  }

  @Override
  public CommitLog history(Call call, String commit, String path, int limit) {
    return read(call, () -> Histories.ofPath(repository, call, commit, path, limit));
  }

  @Override
  public LastCommits lastCommits(Call call, LastCommits task, @Nullable LastCommits known) {
    return read(call, () -> GitSteps.search(repository, call, task, known));
  }

  @Override
  public Optional<Content> content(Call call, String commit, String path, int limit) {
    return read(call, () -> Trees.content(repository, commit, path, limit));
  }

  @Override
  public MergeBases mergeBases(Call call, String one, String other) {
    return read(call, () -> Histories.mergeBases(repository, one, other));
  }

  @Override
  public boolean isAncestor(Call call, String ancestor, String descendant) {
    return read(call, () -> Histories.isAncestor(repository, ancestor, descendant));
  }

  @Override
  public void close() {
    repository.close();
  }

  private <T> T read(Call call, Faults.Reading<T> reading) {
    call.check();
    return Faults.translated(name, reading);
  }
}

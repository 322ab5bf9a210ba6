package dev.quarterdeck.production.source;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One repository, read only.
///
/// What is asked by full commit id never changes, so its answers may be kept for ever; only [#refs]
/// and [#commit] by name are answers of the moment. Names of branches and tags are short
/// (`feature/US-1`, without `refs/heads/`) and may hold slashes, `%`, `#` and `+`. Paths are the
/// repository's bytes read as UTF-8 (what is not UTF-8 becomes U+FFFD), never decoded, normalised
/// or trimmed; `/` divides, none leads. Nothing is followed: neither renames nor symbolic links.
///
/// All methods block, may be called by many threads at once, count their upstream requests on the
/// given [Call], keep to its deadline, and throw [SourceException] for every failure. A list that
/// the repository's host cuts is [SourceFault.TooLarge], never a shorter answer, unless the type of
/// the answer says that it can be incomplete.
public interface Source extends AutoCloseable {
  /// What kind of source this is.
  Kind kind();

  /// The repository for a person, without any credential: `git /srv/org.git`, `bitbucket cloud
  /// acme/org`.
  String name();

  /// Branches and tags of the wanted scope that exist now. An empty repository has none.
  ///
  /// @param known an earlier answer for the same scope, or null: a source that can ask "changed
  ///   since?" does so and returns `known` itself when nothing moved
  Refs refs(Call call, RefScope scope, @Nullable Refs known);

  /// The commit that a name or an id means now, empty when nothing is meant.
  ///
  /// Forty hexadecimal digits are an id and nothing else. Anything else is a branch first, then a
  /// tag (an annotated one is peeled), then, when it is seven or more hexadecimal digits, a
  /// shortened id; an ambiguous one means nothing.
  Optional<Commit> commit(Call call, String refOrId);

  /// Every file of the commit's tree: files, symbolic links and submodules, no directories.
  ///
  /// @param commit full id
  Tree tree(Call call, String commit);

  /// Sizes in bytes of those paths that are files or symbolic links in the commit's tree; what this
  /// source cannot say cheaply is left out.
  Map<String, Long> sizes(Call call, String commit, Collection<String> paths);

  /// What differs between two trees, as from old to new: two-dot, no merge base, no renames. A path
  /// that only `to` has is ADDED, one that only `from` has is REMOVED.
  ///
  /// @param from full id of the old side; null means the empty tree
  /// @param to full id of the new side
  Changes changes(Call call, @Nullable String from, String to);

  /// Commits that are reachable from the included and not from the excluded ones.
  CommitLog log(Call call, LogQuery query);

  /// Commits that touched one path (a file or a directory), newest first: `git log -n limit --
  /// path` from the given commit. Empty when the path never existed.
  CommitLog history(Call call, String commit, String path, int limit);

  /// For every path of the task the commit that `git log -1 -- path` names at the task's head, as
  /// far as the call's budget reaches: what is missing stands in the answer's frontier, and the
  /// answer given as the next task continues where this one stopped. Never throws
  /// [SourceFault.OverBudget].
  ///
  /// @param known an earlier answer for an older head, or null: a search that arrives there ends
  ///   with what is known, so that a few new commits cost a few requests
  LastCommits lastCommits(Call call, LastCommits task, @Nullable LastCommits known);

  /// The file's bytes, a symbolic link's target; empty when the tree has no such file (a directory
  /// and a submodule are none).
  ///
  /// @param limit bytes at most; a longer file is cut and the answer says so
  Optional<Content> content(Call call, String commit, String path, int limit);

  /// The best common ancestors of two commits. Git names all, Bitbucket one.
  MergeBases mergeBases(Call call, String one, String other);

  /// Whether the first commit is the second or reachable from it; both are full ids.
  boolean isAncestor(Call call, String ancestor, String descendant);

  /// Releases connections, files and locks. Calls under way fail.
  @Override
  void close();

  /// Where a source reads.
  enum Kind {
    /// A clone on this machine.
    GIT,
    /// Bitbucket Cloud, API 2.0.
    BITBUCKET_CLOUD,
    /// Bitbucket Data Center, API 1.0.
    BITBUCKET_DATA_CENTER
  }
}

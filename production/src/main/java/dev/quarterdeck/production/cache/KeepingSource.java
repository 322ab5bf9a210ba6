package dev.quarterdeck.production.cache;

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
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A source whose answers about full commit ids are asked for once and then kept.
public final class KeepingSource implements Source {
  private static final String FULL_ID = "[0-9a-f]{40}";

  private final Source source;
  private final KeptAnswers answers;

  private KeepingSource(Source source, KeptAnswers answers) {
    this.source = source;
    this.answers = answers;
  }

  /// The source with its answers kept. A clone answers from its own disk: nothing is kept twice.
  public static Source over(Source source, KeptAnswers answers) {
    return switch (source.kind()) {
      case GIT -> source;
      case BITBUCKET_CLOUD, BITBUCKET_DATA_CENTER -> new KeepingSource(source, answers);
    };
  }

  @Override
  public Kind kind() {
    return source.kind();
  }

  @Override
  public String name() {
    return source.name();
  }

  @Override
  public Refs refs(Call call, RefScope scope, @Nullable Refs known) {
    return source.refs(call, scope, known);
  }

  @Override
  public Optional<Commit> commit(Call call, String refOrId) {
    if (!refOrId.matches(FULL_ID)) {
      return source.commit(call, refOrId);
    }
    try {
      return Optional.of(
          answers.kept(
              "commit",
              refOrId,
              Encoding::commit,
              Encoding::commit,
              () -> source.commit(call, refOrId).orElseThrow(Missing::new)));
    } catch (Missing missing) {
      return Optional.empty();
    }
  }

  @Override
  public Tree tree(Call call, String commit) {
    return answers.kept(
        "tree", commit, Encoding::tree, Encoding::tree, () -> source.tree(call, commit));
  }

  @Override
  public Map<String, Long> sizes(Call call, String commit, Collection<String> paths) {
    return source.sizes(call, commit, paths);
  }

  @Override
  public Changes changes(Call call, @Nullable String from, String to) {
    return answers.kept(
        "changes",
        from + "\n" + to,
        Encoding::changes,
        Encoding::changes,
        () -> source.changes(call, from, to));
  }

  @Override
  public CommitLog log(Call call, LogQuery query) {
    return answers.kept(
        "log", query.toString(), Encoding::log, Encoding::log, () -> source.log(call, query));
  }

  @Override
  public CommitLog history(Call call, String commit, String path, int limit) {
    return answers.kept(
        "history",
        commit + "\n" + limit + "\n" + path,
        Encoding::log,
        Encoding::log,
        () -> source.history(call, commit, path, limit));
  }

  @Override
  public LastCommits lastCommits(Call call, LastCommits task, @Nullable LastCommits known) {
    return source.lastCommits(call, task, known);
  }

  @Override
  public Optional<Content> content(Call call, String commit, String path, int limit) {
    return source.content(call, commit, path, limit);
  }

  @Override
  public MergeBases mergeBases(Call call, String one, String other) {
    return answers.kept(
        "merge-bases",
        one + "\n" + other,
        Encoding::mergeBases,
        Encoding::mergeBases,
        () -> source.mergeBases(call, one, other));
  }

  @Override
  public boolean isAncestor(Call call, String ancestor, String descendant) {
    return answers.kept(
        "ancestor",
        ancestor + "\n" + descendant,
        in -> in.readBoolean(),
        (value, out) -> out.writeBoolean(value),
        () -> source.isAncestor(call, ancestor, descendant));
  }

  @Override
  public void close() {
    source.close();
  }

  /// There is no such commit yet: not kept, it may be pushed.
  private static final class Missing extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Missing() {
      super(null, null, false, false);
    }
  }
}

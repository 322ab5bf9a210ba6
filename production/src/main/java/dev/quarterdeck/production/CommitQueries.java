package dev.quarterdeck.production;

import dev.quarterdeck.production.ComponentDiff.FileDiff;
import dev.quarterdeck.production.ComponentDiff.Status;
import dev.quarterdeck.production.components.ComponentRegistry;
import dev.quarterdeck.production.source.Call;
import dev.quarterdeck.production.source.Changes;
import dev.quarterdeck.production.source.Commit;
import dev.quarterdeck.production.source.FileChange;
import dev.quarterdeck.production.source.FileChange.Kind;
import dev.quarterdeck.production.source.RefScope;
import dev.quarterdeck.production.source.Source;
import dev.quarterdeck.production.source.SourceException;
import dev.quarterdeck.production.source.SourceFault;
import dev.quarterdeck.runtime.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Answers about single commits.
final class CommitQueries {
  /// Files of a commit whose lines are counted by us, when the source does not say.
  private static final int COUNTED = 200;

  private final Source source;
  private final DiffQueries diffs;
  private final ComponentRegistry registry;
  private final Workers workers;

  CommitQueries(Source source, DiffQueries diffs, ComponentRegistry registry, Workers workers) {
    this.source = source;
    this.diffs = diffs;
    this.registry = registry;
    this.workers = workers;
  }

  CommitRelation relation(Call call, String older, String newer) {
    Commit one = required(call, "commit1", older);
    Commit other = required(call, "commit2", newer);
    boolean ancestor = source.isAncestor(call, one.id(), other.id());
    boolean reversed = !ancestor && source.isAncestor(call, other.id(), one.id());
    String first = shortened(one);
    String second = shortened(other);
    String message;
    if (one.id().equals(other.id())) {
      message = first + ": both are the same commit";
    } else if (ancestor) {
      message = "%s contains %s: deploying %s brings both".formatted(second, first, second);
    } else if (reversed) {
      message =
          "%s contains %s: they are the other way round, %s is the older one"
              .formatted(first, second, second);
    } else {
      message = "%s and %s are separate: neither contains the other".formatted(first, second);
    }
    boolean otherFirst = reversed || (!ancestor && other.date().isBefore(one.date()));
    return new CommitRelation(
        one.id(),
        other.id(),
        ancestor,
        reversed,
        message,
        otherFirst ? List.of(other.id(), one.id()) : List.of(one.id(), other.id()));
  }

  CommitCheck check(Call call, String asked, String branch) {
    Optional<Commit> commit = find(call, "commit_hash", asked);
    Optional<String> head =
        source.refs(call, RefScope.branches(Set.of(branch)), null).branch(branch);
    boolean inBranch =
        commit.isPresent()
            && head.isPresent()
            && source.isAncestor(call, commit.get().id(), head.get());
    return new CommitCheck(asked, branch, commit.map(LastCommit::of), inBranch);
  }

  CommitChanges changes(Call call, String asked) {
    Commit commit = required(call, "commit_hash", asked);
    @Nullable String parent = commit.parents().isEmpty() ? null : commit.parents().getFirst();
    Changes changes = source.changes(call, parent, commit.id());
    boolean count =
        changes.files().size() <= COUNTED
            && changes.files().stream().anyMatch(file -> file.linesAdded() < 0);
    List<CommitChanges.File> files =
        workers.map(
            changes.files(), file -> file(count ? counted(call, file, parent, commit.id()) : file));
    return new CommitChanges(LastCommit.of(commit), commit.parents().size() > 1, files);
  }

  private CommitChanges.File file(FileChange change) {
    return new CommitChanges.File(
        change.path(),
        change.kind().name().toLowerCase(Locale.ROOT),
        change.linesAdded(),
        change.linesRemoved(),
        registry.resolve(change.path()));
  }

  private FileChange counted(Call call, FileChange file, @Nullable String parent, String commit) {
    if (file.linesAdded() >= 0) {
      return file;
    }
    Status status =
        switch (file.kind()) {
          case ADDED -> Status.ADDED;
          case REMOVED -> Status.REMOVED;
          case MODIFIED -> Status.MODIFIED;
        };
    try {
      FileDiff diff =
          diffs.file(
              call,
              file.path(),
              status,
              file.kind() == Kind.ADDED ? Optional.empty() : Optional.ofNullable(parent),
              file.kind() == Kind.REMOVED ? Optional.empty() : Optional.of(commit));
      return new FileChange(file.path(), file.kind(), diff.linesAdded(), diff.linesRemoved());
    } catch (SourceException failed) {
      if (failed.fault() instanceof SourceFault.Cancelled) {
        throw failed;
      }
      return file;
    }
  }

  private Commit required(Call call, String field, String asked) {
    return find(call, field, asked)
        .orElseThrow(
            () ->
                new Problem.NotFound(
                        "commit_not_found",
                        "%s: no commit %s in %s".formatted(field, asked, source.name()))
                    .raise());
  }

  private Optional<Commit> find(Call call, String field, String asked) {
    String id = asked.strip().toLowerCase(Locale.ROOT);
    if (!id.matches("[0-9a-f]{7,40}")) {
      throw new Problem.BadRequest(
              "commit_invalid",
              "%s: %s (expected: 7 to 40 hexadecimal digits)".formatted(field, Sides.shown(asked)))
          .raise();
    }
    // A branch may be called like a shortened id; what was asked for is a commit.
    return source.commit(call, id).filter(commit -> commit.id().startsWith(id));
  }

  private static String shortened(Commit commit) {
    return commit.id().substring(0, 8);
  }
}

package dev.quarterdeck.production;

import dev.quarterdeck.production.cache.KeptAnswers;
import dev.quarterdeck.production.components.ComponentRegistry;
import dev.quarterdeck.production.source.Call;
import dev.quarterdeck.production.source.Changes;
import dev.quarterdeck.production.source.FileChange;
import dev.quarterdeck.production.source.FileChange.Kind;
import dev.quarterdeck.production.source.Refs;
import dev.quarterdeck.production.source.Source;
import dev.quarterdeck.production.source.SourceException;
import dev.quarterdeck.production.source.SourceFault;
import dev.quarterdeck.production.source.Tree;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes a snapshot of refs, with what the one before already knows: the tree of production once,
/// and one comparison for each environment that cannot be derived.
final class SnapshotBuilder {
  private final Source source;
  private final ComponentRegistry registry;
  private final Branches branches;
  private final Workers workers;
  private final KeptAnswers answers;

  SnapshotBuilder(
      Source source,
      ComponentRegistry registry,
      Branches branches,
      Workers workers,
      KeptAnswers answers) {
    this.answers = answers;
    this.source = source;
    this.registry = registry;
    this.branches = branches;
    this.workers = workers;
  }

  Snapshot build(Call call, Refs refs, @Nullable Snapshot before, Instant now) {
    Branches.Choice choice = branches.choose(refs, source.name());
    return build(call, choice, name -> refs.branch(name).orElse(null), before, now);
  }

  /// Which commit a branch is to be seen at; null when there is none.
  interface Heads {
    @Nullable String of(String branch);
  }

  Snapshot build(
      Call call, Branches.Choice choice, Heads heads, @Nullable Snapshot before, Instant now) {
    boolean moved = before == null || !before.commit().equals(choice.commit());
    Changes step = before == null || !moved ? null : step(call, before, choice.commit());
    TreeIndex production;
    if (before != null && !moved) {
      production = before.production();
    } else if (before != null && step != null) {
      production = before.production().after(step, registry);
      answers.keep(new Tree(production.commit(), production.files()));
    } else {
      production = TreeIndex.of(source.tree(call, choice.commit()), registry);
    }
    TreeIndex tree = production;
    List<EnvironmentState> environments =
        workers.map(
            choice.environments(),
            name -> environment(call, name, heads.of(name), tree, before, step));
    return new Snapshot(
        source.name(),
        choice.production(),
        production,
        environments,
        registry,
        Authors.NONE,
        now,
        choice.warnings());
  }

  /// What happened to production since the snapshot before, where that is cheaper than its tree.
  private @Nullable Changes step(Call call, Snapshot before, String commit) {
    if (source.kind() == Source.Kind.GIT) {
      return null;
    }
    try {
      return source.changes(call, before.commit(), commit);
    } catch (SourceException tooMuch) {
      if (tooMuch.fault() instanceof SourceFault.TooLarge) {
        return null;
      }
      throw tooMuch;
    }
  }

  private EnvironmentState environment(
      Call call,
      String name,
      @Nullable String head,
      TreeIndex production,
      @Nullable Snapshot before,
      @Nullable Changes step) {
    if (head == null) {
      return EnvironmentState.failed(name, null, name + ": no such branch in " + source.name());
    }
    EnvironmentState known = before == null ? null : before.environment(name).orElse(null);
    if (known != null && before != null && known.compares(head, before)) {
      if (before.commit().equals(production.commit())) {
        return known;
      }
      Changes derived = step == null ? null : derived(known.changes().orElseThrow(), step);
      if (derived != null) {
        answers.keep(derived);
        return EnvironmentState.of(name, derived, production, registry);
      }
    }
    try {
      Changes changes =
          head.equals(production.commit())
              ? new Changes(head, head, List.of())
              : source.changes(call, production.commit(), head);
      return EnvironmentState.of(name, changes, production, registry);
    } catch (SourceException failed) {
      if (failed.fault() instanceof SourceFault.Cancelled) {
        throw failed;
      }
      return EnvironmentState.failed(name, head, failed.fault().detail());
    }
  }

  /// The difference of an environment that stood still to the production that moved on. A path that
  /// was equal differs now; a path that differed before and was touched now may have become equal,
  /// which only a comparison can tell: then there is no answer.
  private static @Nullable Changes derived(Changes environment, Changes step) {
    Set<String> differing = new HashSet<>();
    environment.files().forEach(file -> differing.add(file.path()));
    List<FileChange> files = new ArrayList<>(environment.files());
    for (FileChange moved : step.files()) {
      if (differing.contains(moved.path())) {
        return null;
      }
      Kind kind =
          switch (moved.kind()) {
            case ADDED -> Kind.REMOVED;
            case REMOVED -> Kind.ADDED;
            case MODIFIED -> Kind.MODIFIED;
          };
      files.add(new FileChange(moved.path(), kind));
    }
    return new Changes(step.to(), environment.to(), files);
  }
}

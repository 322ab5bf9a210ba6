package dev.quarterdeck.production;

import dev.quarterdeck.production.CommitMessages.Merge;
import dev.quarterdeck.production.CommitMessages.Promotion;
import dev.quarterdeck.production.Deployment.Kind;
import dev.quarterdeck.production.components.ComponentId;
import dev.quarterdeck.production.components.ComponentRegistry;
import dev.quarterdeck.production.source.Call;
import dev.quarterdeck.production.source.Commit;
import dev.quarterdeck.production.source.CommitLog;
import dev.quarterdeck.production.source.FileChange;
import dev.quarterdeck.production.source.LogQuery;
import dev.quarterdeck.production.source.Source;
import dev.quarterdeck.production.source.SourceException;
import dev.quarterdeck.production.source.SourceFault;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Reads the log of deployments off the first parents of each environment's branch.
final class DeploymentQueries {
  /// First parents read of one environment, when only some of the steps are wanted.
  static final int DEEPEST = 2000;

  private final Source source;
  private final Workers workers;

  DeploymentQueries(Source source, Workers workers) {
    this.source = source;
    this.workers = workers;
  }

  /// What one environment answered.
  private record Part(List<Deployment> entries, boolean complete, Optional<String> error) {}

  Deployment.Log log(Call call, Snapshot snapshot, Deployment.Query query) {
    Map<String, String> heads = snapshot.heads();
    List<String> names =
        query.environments().isEmpty() ? List.copyOf(heads.keySet()) : query.environments();
    List<Part> parts =
        workers.map(names, name -> part(call, snapshot, name, heads.get(name), query));
    List<Deployment> entries = new ArrayList<>();
    List<String> errors = new ArrayList<>();
    boolean complete = true;
    for (Part part : parts) {
      entries.addAll(part.entries());
      part.error().ifPresent(errors::add);
      complete &= part.complete();
    }
    entries.sort(
        Comparator.comparing((Deployment entry) -> entry.commit().date())
            .reversed()
            .thenComparing(Deployment::environment));
    return new Deployment.Log(entries, complete, errors, snapshot.info());
  }

  private Part part(
      Call call, Snapshot snapshot, String name, @Nullable String head, Deployment.Query query) {
    if (head == null) {
      String error =
          snapshot
              .environment(name)
              .flatMap(EnvironmentState::error)
              .orElse(
                  "environment: %s (expected one of: %s)"
                      .formatted(Sides.shown(name), String.join(", ", snapshot.heads().keySet())));
      return new Part(List.of(), true, Optional.of(error));
    }
    try {
      boolean all = query.story().isEmpty() && query.kinds().isEmpty();
      CommitLog log = source.log(call, LogQuery.firstParents(head, all ? query.limit() : DEEPEST));
      List<Deployment> entries = new ArrayList<>();
      boolean cut = false;
      Optional<String> story = query.story().map(CommitMessages::story);
      for (Commit commit : log.commits()) {
        Deployment entry = entry(snapshot, name, commit);
        if ((query.kinds().isEmpty() || query.kinds().contains(entry.kind()))
            && (story.isEmpty() || entry.stories().contains(story.get()))) {
          if (entries.size() == query.limit()) {
            cut = true;
            break;
          }
          entries.add(query.components() ? withComponents(call, snapshot, entry, commit) : entry);
        }
      }
      return new Part(entries, log.complete() && !cut, Optional.empty());
    } catch (SourceException failed) {
      if (failed.fault() instanceof SourceFault.Cancelled) {
        throw failed;
      }
      return new Part(List.of(), false, Optional.of(name + ": " + failed.fault().detail()));
    }
  }

  private Deployment withComponents(Call call, Snapshot snapshot, Deployment entry, Commit commit) {
    try {
      return copy(entry, Optional.of(components(call, snapshot.registry(), commit)), false);
    } catch (SourceException failed) {
      if (failed.fault() instanceof SourceFault.Cancelled) {
        throw failed;
      }
      return copy(entry, Optional.empty(), true);
    }
  }

  private static Deployment copy(
      Deployment entry, Optional<List<ComponentId>> components, boolean cut) {
    return new Deployment(
        entry.environment(),
        entry.commit(),
        entry.kind(),
        entry.promotion(),
        entry.deployment(),
        entry.source(),
        entry.target(),
        entry.stories(),
        components,
        cut);
  }

  private List<ComponentId> components(Call call, ComponentRegistry registry, Commit commit) {
    String parent = commit.parents().isEmpty() ? null : commit.parents().getFirst();
    Set<ComponentId> ids = new TreeSet<>();
    for (FileChange change : source.changes(call, parent, commit.id()).files()) {
      registry.resolve(change.path()).ifPresent(ids::add);
    }
    return List.copyOf(ids);
  }

  /// What a commit on the first-parent line of an environment is.
  static Deployment entry(Snapshot snapshot, String environment, Commit commit) {
    String message = commit.message();
    Optional<Merge> merge = CommitMessages.merge(message);
    Optional<Promotion> promotion = merge.map(Merge::source).flatMap(CommitMessages::promotion);
    Set<String> stories = new LinkedHashSet<>(CommitMessages.stories(message));
    merge.ifPresent(found -> stories.addAll(CommitMessages.stories(found.source())));
    return new Deployment(
        environment,
        LastCommit.of(commit),
        kind(snapshot, environment, commit, merge, promotion, !stories.isEmpty()),
        promotion.map(Promotion::number),
        promotion.flatMap(Promotion::deployment),
        merge.map(Merge::source),
        merge.flatMap(Merge::target),
        List.copyOf(stories),
        Optional.empty(),
        false);
  }

  private static Kind kind(
      Snapshot snapshot,
      String environment,
      Commit commit,
      Optional<Merge> merge,
      Optional<Promotion> promotion,
      boolean story) {
    if (promotion.isPresent()) {
      return promotion.get().validation() ? Kind.VALIDATION : Kind.PROMOTION;
    }
    if (merge.isPresent() || commit.parents().size() > 1) {
      String from = merge.map(Merge::source).orElse("");
      if (from.equals(snapshot.branch()) && !environment.equals(from)) {
        return Kind.BACK_PROMOTION;
      }
      return from.contains("/") && story ? Kind.STORY : Kind.MERGE;
    }
    if (CommitMessages.isSnapshot(commit.message())) {
      return Kind.SNAPSHOT;
    }
    if (CommitMessages.isBackup(commit.message())) {
      return Kind.BACKUP;
    }
    return story ? Kind.STORY_COMMIT : Kind.DIRECT;
  }
}

package dev.quarterdeck.production;

import dev.quarterdeck.production.Lookups.Asked;
import dev.quarterdeck.production.OrgComparison.Change;
import dev.quarterdeck.production.OrgComparison.Status;
import dev.quarterdeck.production.Sides.Found;
import dev.quarterdeck.production.Sides.Side;
import dev.quarterdeck.production.components.ComponentId;
import dev.quarterdeck.production.components.ComponentRegistry;
import dev.quarterdeck.production.source.Call;
import dev.quarterdeck.production.source.FileChange;
import dev.quarterdeck.production.source.SourceException;
import dev.quarterdeck.production.source.SourceFault;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Answers how components stand on two branches.
final class CompareQueries {
  private final Sides sides;
  private final Attribution attribution;
  private final DiffQueries diffs;
  private final Workers workers;

  CompareQueries(Sides sides, Attribution attribution, DiffQueries diffs, Workers workers) {
    this.sides = sides;
    this.attribution = attribution;
    this.diffs = diffs;
    this.workers = workers;
  }

  /// One component on both sides.
  private record Pair(Asked asked, Optional<Found> a, Optional<Found> b, Status status) {
    Set<String> paths(boolean first) {
      return (first ? a : b).map(found -> Set.copyOf(found.paths())).orElse(Set.of());
    }
  }

  OrgComparison compare(Call call, Snapshot snapshot, OrgComparison.Query query) {
    Side sideA = sides.of(call, snapshot, query.orgA().branch());
    Side sideB = sides.of(call, snapshot, query.orgB().branch());
    List<Asked> asked = Lookups.distinct(Lookups.read(query.components(), snapshot.registry()));
    List<Pair> pairs = pairs(call, snapshot, asked, sideA, sideB);
    List<Pair> wanted =
        query.changedOnly()
            ? pairs.stream().filter(pair -> pair.status() != Status.SAME).toList()
            : pairs;
    List<Pair> shown = query.limit() > 0 ? wanted.stream().limit(query.limit()).toList() : wanted;
    Attribution.Known knownA = attribution.find(call, snapshot, sideA, union(shown, true));
    Attribution.Known knownB = attribution.find(call, snapshot, sideB, union(shown, false));
    List<Change> changes =
        workers.map(
            shown,
            pair ->
                change(
                    pair,
                    knownA.newest(pair.paths(true)),
                    knownB.newest(pair.paths(false)),
                    query.includeDiffs()
                        ? () -> diffs.files(call, snapshot, id(pair), sideB, sideA)
                        : null));
    return new OrgComparison(
        query.orgA(),
        query.orgB(),
        changes,
        summary(pairs),
        wanted.size() - shown.size(),
        snapshot.info());
  }

  DeploymentComparison deployment(
      Call call,
      Snapshot snapshot,
      List<ComponentQuery> components,
      String production,
      String branch,
      Instant now) {
    Side there = sides.of(call, snapshot, branch);
    Side live = sides.of(call, snapshot, production);
    List<Asked> asked = Lookups.read(components, snapshot.registry());
    List<DeploymentComparison.Row> rows =
        pairs(call, snapshot, asked, there, live).stream()
            .map(pair -> row(pair, snapshot.registry()))
            .toList();
    return new DeploymentComparison(rows, now, snapshot.info());
  }

  private static DeploymentComparison.Row row(Pair pair, ComponentRegistry registry) {
    boolean inBranch = exists(pair.a());
    boolean inProduction = exists(pair.b());
    Optional<String> path =
        Stream.of(pair.b(), pair.a())
            .flatMap(Optional::stream)
            .filter(Found::exists)
            .findFirst()
            .map(found -> registry.primary(found.id(), found.paths()));
    DeploymentComparison.Status status =
        switch (pair.status()) {
          case SAME -> DeploymentComparison.Status.IDENTICAL;
          case DIFF -> DeploymentComparison.Status.MODIFIED;
          case NEW_IN_A -> DeploymentComparison.Status.NEW;
          case NEW_IN_B -> DeploymentComparison.Status.REMOVED;
          case NOT_FOUND -> DeploymentComparison.Status.NOT_FOUND;
          case ERROR -> DeploymentComparison.Status.ERROR;
        };
    return new DeploymentComparison.Row(
        pair.asked().type(),
        pair.asked().name(),
        status,
        inProduction,
        inBranch,
        path,
        pair.asked().error());
  }

  private List<Pair> pairs(
      Call call, Snapshot snapshot, List<Asked> asked, Side sideA, Side sideB) {
    ComponentRegistry registry = snapshot.registry();
    Set<String> differing = new HashSet<>();
    sides.changes(call, snapshot, sideB.commit(), sideA.commit()).files().stream()
        .map(FileChange::path)
        .forEach(differing::add);
    return workers.map(
        asked,
        each -> {
          Optional<Found> a = each.id().map(id -> sideA.find(id, registry));
          Optional<Found> b = each.id().map(id -> sideB.find(id, registry));
          return new Pair(each, a, b, status(a, b, differing));
        });
  }

  private static Status status(Optional<Found> a, Optional<Found> b, Set<String> differing) {
    if (a.isEmpty() || b.isEmpty()) {
      return Status.ERROR;
    }
    if (!exists(a)) {
      return exists(b) ? Status.NEW_IN_B : Status.NOT_FOUND;
    }
    if (!exists(b)) {
      return Status.NEW_IN_A;
    }
    return Stream.concat(a.get().paths().stream(), b.get().paths().stream())
            .anyMatch(differing::contains)
        ? Status.DIFF
        : Status.SAME;
  }

  private static boolean exists(Optional<Found> found) {
    return found.filter(Found::exists).isPresent();
  }

  private static ComponentId id(Pair pair) {
    return pair.asked().id().orElseThrow();
  }

  /// Fetches the files of one component.
  private interface Diffs {
    List<ComponentDiff.FileDiff> fetch();
  }

  private static Change change(
      Pair pair, Authors.Newest lastA, Authors.Newest lastB, @Nullable Diffs diffs) {
    Optional<String> diff = Optional.empty();
    Optional<String> error = pair.asked().error();
    if (diffs != null && pair.status() != Status.SAME && pair.asked().id().isPresent()) {
      try {
        StringBuilder all = new StringBuilder();
        diffs.fetch().forEach(file -> all.append(file.unified()));
        diff = Optional.of(all.toString());
      } catch (SourceException failed) {
        if (failed.fault() instanceof SourceFault.Cancelled) {
          throw failed;
        }
        error = Optional.of(failed.fault().detail());
      }
    }
    return new Change(
        pair.asked().type(),
        pair.asked().name(),
        lastA.commit(),
        lastB.commit(),
        pair.status(),
        lastA.pending() || lastB.pending(),
        diff,
        error);
  }

  private static Set<String> union(List<Pair> pairs, boolean first) {
    Set<String> all = new HashSet<>();
    pairs.forEach(pair -> all.addAll(pair.paths(first)));
    return all;
  }

  private static OrgComparison.Summary summary(List<Pair> pairs) {
    int same = count(pairs, Status.SAME);
    int notFound = count(pairs, Status.NOT_FOUND);
    int failed = count(pairs, Status.ERROR);
    return new OrgComparison.Summary(
        pairs.size(), pairs.size() - same - notFound - failed, same, notFound, failed);
  }

  private static int count(List<Pair> pairs, Status status) {
    return (int) pairs.stream().filter(pair -> pair.status() == status).count();
  }
}

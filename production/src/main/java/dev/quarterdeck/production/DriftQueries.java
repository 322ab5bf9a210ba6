package dev.quarterdeck.production;

import dev.quarterdeck.production.Drift.Direction;
import dev.quarterdeck.production.Drift.Item;
import dev.quarterdeck.production.components.ComponentId;
import dev.quarterdeck.production.source.Call;
import dev.quarterdeck.production.source.Commit;
import dev.quarterdeck.production.source.CommitLog;
import dev.quarterdeck.production.source.FileChange;
import dev.quarterdeck.production.source.FileChange.Kind;
import dev.quarterdeck.production.source.LogQuery;
import dev.quarterdeck.production.source.MergeBases;
import dev.quarterdeck.production.source.Source;
import dev.quarterdeck.production.source.SourceException;
import dev.quarterdeck.production.source.SourceFault;
import dev.quarterdeck.production.source.TreeFile;
import dev.quarterdeck.runtime.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Answers where an environment and production have come apart. Content decides whether; which
/// commits only one side contains decides in which direction.
final class DriftQueries {
  /// Commits of one side that the other does not contain, read at most.
  private static final int AHEAD = 2000;

  private static final int OUT_OF_BAND = 50;
  private static final int FIRST_PARENTS = 500;

  private final Source source;

  DriftQueries(Source source) {
    this.source = source;
  }

  Drift drift(Call call, Snapshot snapshot, String environment) {
    EnvironmentState state = state(snapshot, environment);
    String head = state.commit().orElseThrow();
    CommitLog behind = source.log(call, LogQuery.between(head, snapshot.commit(), AHEAD));
    CommitLog ahead = source.log(call, LogQuery.between(snapshot.commit(), head, AHEAD));
    Set<String> onlyProduction = ids(behind);
    Set<String> onlyThere = ids(ahead);
    List<Item> items = new ArrayList<>();
    new TreeMap<>(state.differences())
        .forEach(
            (id, difference) ->
                items.add(item(snapshot, state, head, id, onlyProduction, onlyThere)));
    MergeBases bases = source.mergeBases(call, snapshot.commit(), head);
    return new Drift(
        environment,
        head,
        items,
        bases.commits(),
        bases.all(),
        behind.commits().size(),
        ahead.commits().size(),
        behind.complete() && ahead.complete(),
        outOfBand(call, snapshot),
        snapshot.info());
  }

  private static EnvironmentState state(Snapshot snapshot, String environment) {
    EnvironmentState state =
        snapshot
            .environment(environment)
            .orElseThrow(
                () ->
                    new Problem.NotFound(
                            "environment_unknown",
                            "environment: %s (expected one of: %s)"
                                .formatted(
                                    Sides.shown(environment),
                                    String.join(
                                        ", ",
                                        snapshot.environments().stream()
                                            .map(EnvironmentState::name)
                                            .toList())))
                        .raise());
    if (state.changes().isEmpty()) {
      throw new SourceException(
          new SourceFault.Unavailable(state.error().orElse(environment + ": not compared")));
    }
    return state;
  }

  private static Set<String> ids(CommitLog log) {
    Set<String> ids = new HashSet<>();
    log.commits().forEach(commit -> ids.add(commit.id()));
    return ids;
  }

  /// The files that differ decide, not those of the component that are the same.
  private static Item item(
      Snapshot snapshot,
      EnvironmentState state,
      String head,
      ComponentId id,
      Set<String> onlyProduction,
      Set<String> onlyThere) {
    EnvironmentState.Difference difference = state.differences().get(id);
    List<FileChange> files = difference == null ? List.of() : difference.files();
    List<String> here = paths(files, Kind.ADDED);
    List<String> there = paths(files, Kind.REMOVED);
    Authors authors = snapshot.authors();
    Authors.Newest production = authors.newest(snapshot.branch(), snapshot.commit(), here);
    Authors.Newest other = authors.newest(state.name(), head, there);
    boolean known = !production.pending() && !other.pending();
    boolean back = any(authors.all(snapshot.branch(), snapshot.commit(), here), onlyProduction);
    boolean forth = any(authors.all(state.name(), head, there), onlyThere);
    // What production has and the environment deleted is a change of the environment.
    boolean deletedThere = known && !back && !here.isEmpty() && there.isEmpty();
    boolean deletedHere = known && !forth && here.isEmpty() && !there.isEmpty();
    Direction direction;
    if (!known) {
      direction = Direction.UNKNOWN;
    } else if (back && forth) {
      direction = Direction.DIVERGED;
    } else if (back || deletedHere) {
      direction = Direction.BACK_PROMOTE;
    } else {
      direction = forth || deletedThere ? Direction.PROMOTE : Direction.UNKNOWN;
    }
    return new Item(
        id,
        state.state(id, !snapshot.production().files(id).isEmpty()),
        direction,
        newestOfAll(snapshot, id),
        other.commit());
  }

  private static Optional<LastCommit> newestOfAll(Snapshot snapshot, ComponentId id) {
    List<String> paths = snapshot.production().files(id).stream().map(TreeFile::path).toList();
    return snapshot.authors().newest(snapshot.branch(), snapshot.commit(), paths).commit();
  }

  /// Paths of one side: those of changes of all kinds but this one.
  private static List<String> paths(List<FileChange> files, Kind absent) {
    return files.stream().filter(file -> file.kind() != absent).map(FileChange::path).toList();
  }

  private static boolean any(Collection<Commit> commits, Set<String> ids) {
    return commits.stream().anyMatch(commit -> ids.contains(commit.id()));
  }

  private List<Deployment> outOfBand(Call call, Snapshot snapshot) {
    return source
        .log(call, LogQuery.firstParents(snapshot.commit(), FIRST_PARENTS))
        .commits()
        .stream()
        .map(commit -> DeploymentQueries.entry(snapshot, snapshot.branch(), commit))
        .filter(entry -> entry.kind().outOfBand())
        .limit(OUT_OF_BAND)
        .toList();
  }
}

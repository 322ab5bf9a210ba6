package dev.quarterdeck.production;

import dev.quarterdeck.production.HistoryReport.Row;
import dev.quarterdeck.production.Lookups.Asked;
import dev.quarterdeck.production.OrgComparison.Org;
import dev.quarterdeck.production.Sides.Found;
import dev.quarterdeck.production.Sides.Side;
import dev.quarterdeck.production.source.Call;
import dev.quarterdeck.production.source.Commit;
import dev.quarterdeck.production.source.CommitLog;
import dev.quarterdeck.production.source.Source;
import dev.quarterdeck.production.source.SourceException;
import dev.quarterdeck.production.source.SourceFault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Answers which commits touched a component on two branches.
final class HistoryQueries {
  private final Source source;
  private final Sides sides;
  private final Workers workers;

  HistoryQueries(Source source, Sides sides, Workers workers) {
    this.source = source;
    this.sides = sides;
    this.workers = workers;
  }

  HistoryReport history(
      Call call,
      Snapshot snapshot,
      Org orgA,
      Org orgB,
      List<ComponentQuery> components,
      int limit) {
    Side sideA = sides.of(call, snapshot, orgA.branch());
    Side sideB = sides.of(call, snapshot, orgB.branch());
    List<Asked> asked = Lookups.distinct(Lookups.read(components, snapshot.registry()));
    List<Row> rows = workers.map(asked, each -> row(call, snapshot, each, sideA, sideB, limit));
    return new HistoryReport(orgA, orgB, limit, rows, snapshot.info());
  }

  private Row row(Call call, Snapshot snapshot, Asked asked, Side sideA, Side sideB, int limit) {
    if (asked.id().isEmpty()) {
      return failed(asked, asked.error());
    }
    try {
      Found a = sideA.find(asked.id().get(), snapshot.registry());
      Found b = sideB.find(asked.id().get(), snapshot.registry());
      return new Row(
          asked.type(),
          asked.name(),
          side(call, snapshot, sideA, a, b, limit),
          side(call, snapshot, sideB, b, a, limit),
          Optional.empty());
    } catch (SourceException fault) {
      if (fault.fault() instanceof SourceFault.Cancelled) {
        throw fault;
      }
      return failed(asked, Optional.of(fault.fault().detail()));
    }
  }

  private static Row failed(Asked asked, Optional<String> error) {
    HistoryReport.Side nothing = new HistoryReport.Side(false, Optional.empty(), List.of(), true);
    return new Row(asked.type(), asked.name(), nothing, nothing, error);
  }

  /// The commits of a component on one side. Where only the other side has it, its files there tell
  /// which paths were deleted here.
  private HistoryReport.Side side(
      Call call, Snapshot snapshot, Side side, Found here, Found there, int limit) {
    Found known = here.exists() ? here : there;
    Optional<String> path =
        here.exists()
            ? Optional.of(snapshot.registry().primary(here.id(), here.paths()))
            : Optional.empty();
    Map<String, Commit> commits = new LinkedHashMap<>();
    boolean complete = true;
    for (String each : places(known, here.exists() ? side.tree() : null)) {
      CommitLog log = source.history(call, side.commit(), each, limit + 1);
      log.commits().forEach(commit -> commits.putIfAbsent(commit.id(), commit));
      complete &= log.complete() && log.commits().size() <= limit;
    }
    List<Commit> all = new CommitLog(new ArrayList<>(commits.values()), complete).commits();
    return new HistoryReport.Side(
        here.exists(),
        path,
        all.stream().limit(limit).map(LastCommit::of).toList(),
        complete && all.size() <= limit);
  }

  /// What to ask the history of: the folder when all its files are the component's, else each file.
  private static List<String> places(Found found, @Nullable TreeIndex tree) {
    List<String> paths = found.paths();
    if (paths.size() > 2 && tree != null) {
      String folder = parent(paths.getFirst());
      for (String path : paths) {
        while (!folder.isEmpty() && !path.startsWith(folder + "/")) {
          folder = parent(folder);
        }
      }
      if (!folder.isEmpty() && tree.countBelow(folder) == paths.size()) {
        return List.of(folder);
      }
    }
    return paths;
  }

  private static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }
}

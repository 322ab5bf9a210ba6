package dev.quarterdeck.production;

import dev.quarterdeck.production.Lookups.Asked;
import dev.quarterdeck.production.Sides.Found;
import dev.quarterdeck.production.Sides.Side;
import dev.quarterdeck.production.components.ComponentRegistry;
import dev.quarterdeck.production.source.Call;
import dev.quarterdeck.production.source.Source;
import dev.quarterdeck.production.source.SourceException;
import dev.quarterdeck.production.source.SourceFault;
import dev.quarterdeck.production.source.TreeFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Answers which components are on a branch.
final class StateQueries {
  private final Source source;
  private final Sides sides;
  private final Attribution attribution;
  private final Workers workers;

  StateQueries(Source source, Sides sides, Attribution attribution, Workers workers) {
    this.source = source;
    this.sides = sides;
    this.attribution = attribution;
    this.workers = workers;
  }

  StateReport state(
      Call call, Snapshot snapshot, String branch, List<ComponentQuery> components, Instant now) {
    ComponentRegistry registry = snapshot.registry();
    Side side = sides.of(call, snapshot, branch);
    List<Asked> asked = Lookups.read(components, registry);
    List<Optional<Found>> found =
        workers.map(asked, each -> each.id().map(id -> side.find(id, registry)));
    Set<String> paths = new HashSet<>();
    List<String> unsized = new ArrayList<>();
    for (Optional<Found> each : found) {
      if (each.isPresent() && each.get().exists()) {
        paths.addAll(each.get().paths());
        TreeFile main = main(each.get(), registry);
        if (main.size() < 0) {
          unsized.add(main.path());
        }
      }
    }
    Attribution.Known known = attribution.find(call, snapshot, side, paths);
    Map<String, Long> sizes = sizes(call, side.commit(), unsized);
    List<StateReport.Row> rows = new ArrayList<>(asked.size());
    for (int i = 0; i < asked.size(); i++) {
      rows.add(row(asked.get(i), found.get(i), registry, known, sizes));
    }
    return new StateReport(branch, now, rows, snapshot.info());
  }

  private static StateReport.Row row(
      Asked asked,
      Optional<Found> found,
      ComponentRegistry registry,
      Attribution.Known known,
      Map<String, Long> sizes) {
    if (found.isEmpty() || !found.get().exists()) {
      return new StateReport.Row(
          asked.type(),
          asked.name(),
          false,
          Optional.empty(),
          List.of(),
          OptionalLong.empty(),
          Optional.empty(),
          false,
          Optional.empty(),
          asked.error());
    }
    Found files = found.get();
    TreeFile main = main(files, registry);
    long size = main.size() < 0 ? sizes.getOrDefault(main.path(), -1L) : main.size();
    Authors.Newest newest = known.newest(files.paths());
    return new StateReport.Row(
        asked.type(),
        asked.name(),
        true,
        Optional.of(main.path()),
        files.paths(),
        size < 0 ? OptionalLong.empty() : OptionalLong.of(size),
        newest.commit(),
        newest.pending(),
        files.keptIn().map(Object::toString),
        Optional.empty());
  }

  private static TreeFile main(Found found, ComponentRegistry registry) {
    String path = registry.primary(found.id(), found.paths());
    return found.files().stream()
        .filter(file -> file.path().equals(path))
        .findFirst()
        .orElseThrow();
  }

  /// Sizes are an extra: without them the answer stands.
  private Map<String, Long> sizes(Call call, String commit, List<String> paths) {
    if (paths.isEmpty()) {
      return Map.of();
    }
    try {
      return source.sizes(call, commit, paths);
    } catch (SourceException failed) {
      if (failed.fault() instanceof SourceFault.Cancelled) {
        throw failed;
      }
      return Map.of();
    }
  }
}

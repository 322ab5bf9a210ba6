package dev.quarterdeck.production;

import dev.quarterdeck.production.Overlap.Branch;
import dev.quarterdeck.production.Overlap.Item;
import dev.quarterdeck.production.components.ComponentId;
import dev.quarterdeck.production.source.Call;
import dev.quarterdeck.production.source.FileChange;
import dev.quarterdeck.production.source.MergeBases;
import dev.quarterdeck.production.source.Ref;
import dev.quarterdeck.production.source.Refs;
import dev.quarterdeck.production.source.Source;
import dev.quarterdeck.production.source.SourceException;
import dev.quarterdeck.production.source.SourceFault;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Answers which components two or more open branches change. Open is a branch with a slash in its
/// name, other than promotions, that production does not contain.
final class OverlapQueries {
  /// Branches looked at, those with the last names first: story numbers grow.
  private static final int MOST = 200;

  private final Source source;
  private final Workers workers;

  OverlapQueries(Source source, Workers workers) {
    this.source = source;
    this.workers = workers;
  }

  /// One branch: what it changes since it left production, or why that is not known, or neither
  /// when it is merged.
  private record Look(Optional<Branch> branch, Set<ComponentId> changed, Optional<String> left) {}

  Overlap overlap(Call call, Snapshot snapshot, Refs refs) {
    Set<String> environments = new HashSet<>();
    snapshot.environments().forEach(environment -> environments.add(environment.name()));
    List<Ref> candidates =
        refs.refs().stream()
            .filter(ref -> ref.kind() == Ref.Kind.BRANCH)
            .filter(ref -> ref.name().contains("/") && !ref.name().startsWith("promotion/"))
            .filter(ref -> !environments.contains(ref.name()))
            .filter(ref -> !ref.name().equals(snapshot.branch()))
            .sorted(Comparator.comparing(Ref::name).reversed())
            .toList();
    List<Look> looks =
        workers.map(candidates.stream().limit(MOST).toList(), ref -> look(call, snapshot, ref));
    List<String> left = new ArrayList<>();
    looks.forEach(look -> look.left().ifPresent(left::add));
    candidates.stream()
        .skip(MOST)
        .forEach(ref -> left.add(ref.name() + ": more than " + MOST + " branches"));
    List<Branch> branches = new ArrayList<>();
    Map<ComponentId, List<Branch>> byComponent = new TreeMap<>();
    for (Look look : looks) {
      look.branch()
          .ifPresent(
              branch -> {
                branches.add(branch);
                look.changed()
                    .forEach(
                        id ->
                            byComponent
                                .computeIfAbsent(id, ignored -> new ArrayList<>())
                                .add(branch));
              });
    }
    List<Item> items = new ArrayList<>();
    byComponent.forEach(
        (id, on) -> {
          if (on.size() > 1) {
            items.add(new Item(id, on));
          }
        });
    items.sort(Comparator.comparingInt((Item item) -> -item.branches().size()));
    return new Overlap(items, branches, left, snapshot.info());
  }

  private Look look(Call call, Snapshot snapshot, Ref ref) {
    try {
      MergeBases bases = source.mergeBases(call, snapshot.commit(), ref.commit());
      if (bases.commits().isEmpty()) {
        return new Look(
            Optional.empty(),
            Set.of(),
            Optional.of(ref.name() + ": has no history in common with production"));
      }
      if (bases.commits().contains(ref.commit())) {
        return new Look(Optional.empty(), Set.of(), Optional.empty());
      }
      String base = bases.commits().getFirst();
      Set<ComponentId> changed = new TreeSet<>();
      for (FileChange change : source.changes(call, base, ref.commit()).files()) {
        snapshot.registry().resolve(change.path()).ifPresent(changed::add);
      }
      Branch branch =
          new Branch(ref.name(), ref.commit(), base, CommitMessages.stories(ref.name()));
      return new Look(Optional.of(branch), changed, Optional.empty());
    } catch (SourceException failed) {
      if (failed.fault() instanceof SourceFault.Cancelled) {
        throw failed;
      }
      return new Look(
          Optional.empty(), Set.of(), Optional.of(ref.name() + ": " + failed.fault().detail()));
    }
  }
}

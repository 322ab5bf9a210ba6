package dev.quarterdeck.production;

import dev.quarterdeck.production.components.ComponentId;
import dev.quarterdeck.production.components.ComponentRegistry;
import dev.quarterdeck.production.source.Call;
import dev.quarterdeck.production.source.FileChange;
import dev.quarterdeck.production.source.FileChange.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// Works out what must be deployed and deleted to come from one commit to another.
final class DeltaQueries {
  private final Sides sides;

  DeltaQueries(Sides sides) {
    this.sides = sides;
  }

  Delta delta(Call call, Snapshot snapshot, String from, String to) {
    ComponentRegistry registry = snapshot.registry();
    Map<ComponentId, Boolean> touched = new TreeMap<>();
    List<String> unknown = new ArrayList<>();
    for (FileChange change : sides.changes(call, snapshot, from, to).files()) {
      Optional<ComponentId> id = registry.resolve(change.path());
      if (id.isPresent()) {
        touched.merge(id.get(), change.kind() == Kind.REMOVED, Boolean::logicalAnd);
      } else {
        unknown.add(change.path());
      }
    }
    // Only a component that lost files and nothing else can be gone, and only its tree tells.
    TreeIndex now = touched.containsValue(true) ? sides.tree(call, snapshot, to) : null;
    List<ComponentId> present = new ArrayList<>();
    List<ComponentId> removed = new ArrayList<>();
    List<ComponentId> undeployable = new ArrayList<>();
    touched.forEach(
        (id, onlyLost) -> {
          if (!registry.deployable(id.type())) {
            undeployable.add(id);
          } else if (onlyLost && now != null && now.files(id).isEmpty()) {
            removed.add(id);
          } else {
            present.add(id);
          }
        });
    return new Delta(from, to, present, removed, undeployable, unknown);
  }

  /// Everything that a commit has.
  Delta all(Call call, Snapshot snapshot, String commit) {
    TreeIndex tree = sides.tree(call, snapshot, commit);
    List<ComponentId> present = new ArrayList<>();
    List<ComponentId> undeployable = new ArrayList<>();
    for (ComponentId id : new TreeSet<>(tree.components())) {
      (snapshot.registry().deployable(id.type()) ? present : undeployable).add(id);
    }
    return new Delta("", commit, present, List.of(), undeployable, tree.unknown());
  }
}

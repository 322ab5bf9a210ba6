package dev.quarterdeck.production;

import dev.quarterdeck.production.components.ComponentId;
import dev.quarterdeck.production.components.ComponentRegistry;
import dev.quarterdeck.production.source.Changes;
import dev.quarterdeck.production.source.FileChange;
import dev.quarterdeck.production.source.Tree;
import dev.quarterdeck.production.source.TreeFile;
import dev.quarterdeck.production.source.TreeFile.Mode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The files of one commit, grouped into components once. Immutable.
final class TreeIndex {
  private final String commit;
  private final List<TreeFile> files;
  private final Map<ComponentId, List<TreeFile>> components;
  private final List<String> unknown;

  private TreeIndex(String commit, List<TreeFile> files, ComponentRegistry registry) {
    this.commit = commit;
    this.files = files;
    this.components = HashMap.newHashMap(files.size());
    this.unknown = new ArrayList<>();
    for (TreeFile file : files) {
      Optional<ComponentId> id = registry.resolve(file.path());
      if (id.isEmpty()) {
        unknown.add(file.path());
      } else {
        List<TreeFile> first = List.of(file);
        List<TreeFile> before = components.putIfAbsent(id.get(), first);
        if (before instanceof ArrayList<TreeFile> several) {
          several.add(file);
        } else if (before != null) {
          List<TreeFile> several = new ArrayList<>(before);
          several.add(file);
          components.put(id.get(), several);
        }
      }
    }
  }

  static TreeIndex of(Tree tree, ComponentRegistry registry) {
    return new TreeIndex(tree.commit(), tree.files(), registry);
  }

  /// The files of another commit that differs from this one by these changes; what is new has
  /// neither size nor blob.
  TreeIndex after(Changes changes, ComponentRegistry registry) {
    Map<String, FileChange> byPath = new HashMap<>();
    changes.files().forEach(change -> byPath.put(change.path(), change));
    List<TreeFile> result = new ArrayList<>(files.size() + changes.files().size());
    files.stream().filter(file -> !byPath.containsKey(file.path())).forEach(result::add);
    for (FileChange change : changes.files()) {
      switch (change.kind()) {
        case ADDED, MODIFIED -> result.add(new TreeFile(change.path(), Mode.UNKNOWN, -1, null));
        case REMOVED -> {}
      }
    }
    result.sort(Comparator.comparing(TreeFile::path));
    return new TreeIndex(changes.to(), List.copyOf(result), registry);
  }

  String commit() {
    return commit;
  }

  /// Every file, by path.
  List<TreeFile> files() {
    return files;
  }

  Set<String> paths() {
    Set<String> paths = HashSet.newHashSet(files.size());
    files.forEach(file -> paths.add(file.path()));
    return paths;
  }

  /// How many files lie below a folder.
  int countBelow(String folder) {
    return position(folder + "0") - position(folder + "/");
  }

  private int position(String path) {
    int low = 0;
    int high = files.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (files.get(middle).path().compareTo(path) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /// The component's files by path; none when it is not there.
  List<TreeFile> files(ComponentId id) {
    return components.getOrDefault(id, List.of());
  }

  Set<ComponentId> components() {
    return components.keySet();
  }

  /// Paths that belong to no known type.
  List<String> unknown() {
    return unknown;
  }
}

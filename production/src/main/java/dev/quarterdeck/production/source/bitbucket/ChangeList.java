package dev.quarterdeck.production.source.bitbucket;

import dev.quarterdeck.production.source.Changes;
import dev.quarterdeck.production.source.FileChange;
import dev.quarterdeck.production.source.FileChange.Kind;
import dev.quarterdeck.production.source.Tree;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Collects changes by path. A path that is named as removed and as added has changed its type.
final class ChangeList {
  private final Map<String, FileChange> changes = new HashMap<>();

  void add(FileChange change) {
    changes.merge(
        change.path(),
        change,
        (one, other) ->
            one.kind() == other.kind() ? one : new FileChange(one.path(), Kind.MODIFIED));
  }

  Changes between(@Nullable String from, String to) {
    return new Changes(from, to, List.copyOf(changes.values()));
  }

  /// From the empty tree to this one.
  static Changes all(Tree tree) {
    return new Changes(
        null,
        tree.commit(),
        tree.files().stream().map(file -> new FileChange(file.path(), Kind.ADDED)).toList());
  }
}

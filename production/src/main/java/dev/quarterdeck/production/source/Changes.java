package dev.quarterdeck.production.source;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Everything that differs between two trees; a path that is not named is identical.
///
/// @param from full id of the old side, null for the empty tree
/// @param to full id of the new side
/// @param files by path in the order of `String.compareTo`
public record Changes(@Nullable String from, String to, List<FileChange> files) {
  public Changes {
    files = files.stream().sorted(Comparator.comparing(FileChange::path)).toList();
  }

  /// The paths that differ.
  public Set<String> paths() {
    return files.stream().map(FileChange::path).collect(Collectors.toUnmodifiableSet());
  }
}

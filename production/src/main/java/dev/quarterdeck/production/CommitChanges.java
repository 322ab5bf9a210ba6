package dev.quarterdeck.production;

import dev.quarterdeck.production.components.ComponentId;
import java.util.List;
import java.util.Optional;

/// What one commit changed against its first parent.
///
/// @param files by path
/// @param merge whether it has more than one parent
public record CommitChanges(LastCommit commit, boolean merge, List<File> files) {
  public CommitChanges {
    files = List.copyOf(files);
  }

  /// Lines added, binary files left out.
  public long additions() {
    return files.stream().mapToLong(file -> Math.max(0, file.additions())).sum();
  }

  /// Lines removed, binary files left out.
  public long deletions() {
    return files.stream().mapToLong(file -> Math.max(0, file.deletions())).sum();
  }

  /// One file.
  ///
  /// @param status added, removed or modified
  /// @param additions lines, -1 when not known
  public record File(
      String path, String status, int additions, int deletions, Optional<ComponentId> component) {
    /// Lines added and removed together; -1 when not known.
    public int changedLines() {
      return additions < 0 || deletions < 0 ? -1 : additions + deletions;
    }
  }
}

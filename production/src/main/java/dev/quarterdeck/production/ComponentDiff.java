package dev.quarterdeck.production;

import java.util.List;
import java.util.Optional;

/// What differs between a component's files on two branches.
///
/// @param from branch of the old side
/// @param to branch of the new side
/// @param files all files of either side by path, equal ones included
public record ComponentDiff(
    String type, String name, String from, String to, List<FileDiff> files, SnapshotInfo snapshot) {
  public ComponentDiff {
    files = List.copyOf(files);
  }

  /// Whether either side has the component.
  public boolean found() {
    return !files.isEmpty();
  }

  /// The unified diffs of all files, one after the other.
  public String unified() {
    StringBuilder all = new StringBuilder();
    files.forEach(file -> all.append(file.unified()));
    return all.toString();
  }

  /// One file.
  ///
  /// @param linesAdded lines that only the new side has; 0 for binary files
  /// @param unified as `diff -u` writes it; empty when equal, binary or too large
  /// @param lines for showing both sides beside each other, with three equal lines around each
  ///   change; empty when unified is
  /// @param note why there is no diff although the file differs: binary, too large, a submodule
  public record FileDiff(
      String path,
      Status status,
      int linesAdded,
      int linesRemoved,
      String unified,
      List<Line> lines,
      Optional<String> note) {
    public FileDiff {
      lines = List.copyOf(lines);
    }
  }

  /// How a file stands on the two sides.
  public enum Status {
    SAME,
    MODIFIED,
    ADDED,
    REMOVED
  }

  /// One line of the view side by side.
  ///
  /// @param oldNumber from 1, 0 when the old side has no such line
  /// @param newNumber from 1, 0 when the new side has no such line
  public record Line(Kind kind, int oldNumber, int newNumber, String oldText, String newText) {
    /// What a line is.
    public enum Kind {
      EQUAL,
      ADDED,
      REMOVED,
      /// One line replaced by another.
      CHANGED,
      /// Equal lines are left out here; the numbers are those of the next line.
      GAP
    }
  }
}

package dev.quarterdeck.production.source;

/// One path that differs between two trees.
///
/// @param kind as from old to new
/// @param linesAdded lines that only the new side has, or -1 when the source does not say
/// @param linesRemoved lines that only the old side has, or -1 when the source does not say
public record FileChange(String path, Kind kind, int linesAdded, int linesRemoved) {
  /// A change whose lines are not known.
  public FileChange(String path, Kind kind) {
    this(path, kind, -1, -1);
  }

  /// How a path differs.
  public enum Kind {
    /// Only the new side has it.
    ADDED,
    /// Only the old side has it.
    REMOVED,
    /// Content, mode or type differ, or the source names a status that nobody knows.
    MODIFIED
  }
}

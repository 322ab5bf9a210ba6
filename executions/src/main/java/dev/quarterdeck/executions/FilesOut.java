package dev.quarterdeck.executions;

import java.util.List;

/// Which files of a run are handed back when it has ended.
///
/// @param paths relative to the directory in which the program runs, each a file or a directory
///   with all that is in it
/// @param maxFiles greatest number of files
/// @param maxBytes greatest size of all of them together
public record FilesOut(List<String> paths, int maxFiles, long maxBytes) {
  /// None.
  public static final FilesOut NONE = new FilesOut(List.of(), 0, 0);

  public FilesOut {
    paths = List.copyOf(paths);
  }

  /// Whether any are wanted.
  public boolean any() {
    return !paths.isEmpty();
  }
}

package dev.quarterdeck.production.source;

import org.jspecify.annotations.Nullable;

/// One file of a tree.
///
/// @param size bytes, or -1 when the source does not say: see [Source#sizes]
/// @param blob Git's id of the content, or null when the source does not say
public record TreeFile(String path, Mode mode, long size, @Nullable String blob) {
  /// What a file is.
  public enum Mode {
    /// An ordinary file.
    FILE,
    /// An ordinary file that may be run.
    EXECUTABLE,
    /// A symbolic link; its content is its target.
    SYMLINK,
    /// A commit of another repository; it has no content here.
    SUBMODULE,
    /// The source does not say.
    UNKNOWN
  }
}

package dev.quarterdeck.executions;

import java.util.List;

/// The files that a run handed back, and those that it could not.
///
/// @param files by name, at most what was allowed
/// @param omitted what was asked for, found or not, and is not among them
public record CollectedFiles(List<SourceFile> files, List<Omitted> omitted) {
  /// Nothing was asked for.
  public static final CollectedFiles NONE = new CollectedFiles(List.of(), List.of());

  public CollectedFiles {
    files = List.copyOf(files);
    omitted = List.copyOf(omitted);
  }

  /// A file that is not handed back.
  ///
  /// @param reason why, as a person reads it
  public record Omitted(String name, String reason) {}

  /// Everything is omitted for one reason.
  public static CollectedFiles noneOf(FilesOut wanted, String reason) {
    return new CollectedFiles(
        List.of(), wanted.paths().stream().map(path -> new Omitted(path, reason)).toList());
  }
}

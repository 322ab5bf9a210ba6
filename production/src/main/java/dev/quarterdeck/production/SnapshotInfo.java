package dev.quarterdeck.production;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What an answer rests on.
///
/// @param repository for a person, without credentials
/// @param branch the production branch
/// @param commit its full id
/// @param asOf when the source last said that these are the branches' commits
/// @param stale true when that is longer ago than the settings allow and the source cannot say
///   anything newer; the reason is among the warnings
/// @param etag changes whenever any answer may; without quotes
/// @param pendingAuthors components whose last commit is not known yet
/// @param unknownFiles files of production that belong to no known type
/// @param warnings for a person: why it is stale, what was left out
public record SnapshotInfo(
    String repository,
    String branch,
    String commit,
    List<Environment> environments,
    Instant asOf,
    boolean stale,
    String etag,
    int pendingAuthors,
    int unknownFiles,
    List<String> warnings) {
  public SnapshotInfo {
    environments = List.copyOf(environments);
    warnings = List.copyOf(warnings);
  }

  /// A branch that production is compared with.
  ///
  /// @param name the branch
  /// @param commit full id; empty when there is no such branch
  /// @param error why it could not be compared; the other environments are not touched by that
  public record Environment(String name, Optional<String> commit, Optional<String> error) {}
}

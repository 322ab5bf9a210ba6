package dev.quarterdeck.production.source;

import java.util.List;

/// Which commits a log holds.
///
/// @param include full ids to start from, at least one
/// @param exclude full ids whose ancestors (and themselves) are left out
/// @param firstParent follow only the first parent of every commit
/// @param limit commits at most
public record LogQuery(List<String> include, List<String> exclude, boolean firstParent, int limit) {
  public LogQuery {
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
  }

  /// What the new commit has and the old one has not.
  public static LogQuery between(String old, String now, int limit) {
    return new LogQuery(List.of(now), List.of(old), false, limit);
  }

  /// The line of first parents from this commit.
  public static LogQuery firstParents(String from, int limit) {
    return new LogQuery(List.of(from), List.of(), true, limit);
  }
}

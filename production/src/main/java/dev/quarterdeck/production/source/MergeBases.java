package dev.quarterdeck.production.source;

import java.util.List;

/// Best common ancestors of two commits.
///
/// @param commits full ids in order of their text; none when the histories are unrelated
/// @param all false when the source names one of maybe several
public record MergeBases(List<String> commits, boolean all) {
  public MergeBases {
    commits = commits.stream().sorted().toList();
  }
}

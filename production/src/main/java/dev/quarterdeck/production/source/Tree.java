package dev.quarterdeck.production.source;

import java.util.Comparator;
import java.util.List;

/// All files of one commit.
///
/// @param commit full id
/// @param files by path in the order of `String.compareTo`
public record Tree(String commit, List<TreeFile> files) {
  public Tree {
    files = files.stream().sorted(Comparator.comparing(TreeFile::path)).toList();
  }
}

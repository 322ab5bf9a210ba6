package dev.quarterdeck.production;

import dev.quarterdeck.production.components.ComponentId;
import java.util.List;

/// Components that two or more open branches change.
///
/// @param items most branches first, then by type and name
/// @param branches open branches that were looked at
/// @param left branches that were not looked at, with the reason
public record Overlap(
    List<Item> items, List<Branch> branches, List<String> left, SnapshotInfo snapshot) {
  public Overlap {
    items = List.copyOf(items);
    branches = List.copyOf(branches);
    left = List.copyOf(left);
  }

  /// One component and the branches that change it.
  public record Item(ComponentId component, List<Branch> branches) {
    public Item {
      branches = List.copyOf(branches);
    }
  }

  /// An open branch.
  ///
  /// @param base where it left production
  /// @param stories that its name names
  public record Branch(String name, String commit, String base, List<String> stories) {
    public Branch {
      stories = List.copyOf(stories);
    }
  }
}

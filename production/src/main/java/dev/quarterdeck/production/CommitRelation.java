package dev.quarterdeck.production;

import java.util.List;

/// How two commits stand to each other.
///
/// @param ancestor whether the one given as older is the newer or contained in it
/// @param reversed whether it is the other way round: the one given as newer is contained in the
///   older
/// @param recommendedOrder full ids in the order in which to deploy them
public record CommitRelation(
    String older,
    String newer,
    boolean ancestor,
    boolean reversed,
    String message,
    List<String> recommendedOrder) {
  public CommitRelation {
    recommendedOrder = List.copyOf(recommendedOrder);
  }

  /// INCLUDES when one contains the other as asked, else SEPARATE.
  public String relationship() {
    return ancestor ? "INCLUDES" : "SEPARATE";
  }
}

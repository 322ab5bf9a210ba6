package dev.quarterdeck.production;

/// How a component in an environment stands to production, by content.
public enum CellState {
  /// Both have it, with equal files.
  SAME,
  /// Both have it, and at least one file differs or only one of them has it.
  DIFFERENT,
  /// The environment has it and production has not.
  ONLY_HERE,
  /// The environment does not have it.
  MISSING,
  /// The environment could not be compared; its error says why.
  UNKNOWN
}

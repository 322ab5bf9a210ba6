package dev.quarterdeck.settings;

/// How two values of a setting compare.
public enum Sameness {
  /// They are equal.
  SAME,
  /// They are not.
  DIFFERENT,
  /// One side does not tell: a secret, or a setting that it does not know.
  UNKNOWN
}

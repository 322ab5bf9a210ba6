package dev.quarterdeck.executions;

import java.util.List;

/// A programming language.
///
/// @param name as callers write it: `python`
/// @param versions the versions on this host, the host's own first, each `major.minor`; empty when
///   inactive
/// @param fileExtension without a dot
/// @param example a short program that shows the language at work
/// @param inactiveReason why it cannot be used here; empty when it can
public record Language(
    String name,
    List<String> versions,
    String fileExtension,
    String example,
    String inactiveReason) {
  public Language {
    versions = List.copyOf(versions);
  }

  /// Whether programs in this language can run here.
  public boolean active() {
    return inactiveReason.isEmpty();
  }
}

package dev.quarterdeck.executions;

import java.util.List;

/// A programming language.
///
/// @param name as callers write it: `python`
/// @param versions the versions on this host, the host's own first, each `major.minor`; empty when
///   inactive
/// @param fileExtension without a dot
/// @param example a short program that shows the language at work
/// @param aliases other names for it
/// @param memoryFloor bytes of memory below which it cannot start
/// @param processFloor processes and threads below which it cannot start
/// @param inactiveReason why it cannot be used here; empty when it can
/// @param compiled whether a compiler comes first
public record Language(
    String name,
    List<String> versions,
    String fileExtension,
    String example,
    List<String> aliases,
    long memoryFloor,
    int processFloor,
    String inactiveReason,
    boolean compiled) {
  /// One that needs no compiler.
  public Language(
      String name,
      List<String> versions,
      String fileExtension,
      String example,
      List<String> aliases,
      long memoryFloor,
      int processFloor,
      String inactiveReason) {
    this(
        name,
        versions,
        fileExtension,
        example,
        aliases,
        memoryFloor,
        processFloor,
        inactiveReason,
        false);
  }

  public Language {
    versions = List.copyOf(versions);
    aliases = List.copyOf(aliases);
  }

  /// Whether programs in this language can run here.
  public boolean active() {
    return inactiveReason.isEmpty();
  }
}

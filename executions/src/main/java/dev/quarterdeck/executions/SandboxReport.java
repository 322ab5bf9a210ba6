package dev.quarterdeck.executions;

import java.util.List;
import java.util.stream.Collectors;

/// What a sandbox found on its host.
///
/// @param level name of the level in force, `L3` the strongest; `none` when nothing may run
/// @param mayRun whether programs are accepted at all
/// @param findings one for each thing looked at, in the order of looking
public record SandboxReport(String level, boolean mayRun, List<Finding> findings) {
  public SandboxReport {
    findings = List.copyOf(findings);
  }

  /// What is missing, on one line; empty when nothing is.
  public String faults() {
    return findings.stream()
        .filter(finding -> !finding.ok())
        .map(finding -> finding.name() + ": " + finding.detail())
        .collect(Collectors.joining("; "));
  }

  /// One thing that was looked at.
  ///
  /// @param name short name: `user namespaces`
  /// @param ok whether the host offers it
  /// @param detail what was found
  /// @param remedy the exact command or line that would provide it; empty when it is there
  public record Finding(String name, boolean ok, String detail, String remedy) {}
}

package dev.quarterdeck.settings;

import java.util.List;

/// Settings that did not load. Its message is the whole report, for people; it shows no secret.
public final class SettingsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// The exit code that a program should end with: `EX_CONFIG` of sysexits.
  public static final int EXIT_CODE = 78;

  private final transient List<Fault> faults;
  private final transient List<Fault> warnings;

  SettingsException(Checkup<?> checkup) {
    super(checkup.report());
    this.faults = checkup.faults();
    this.warnings = checkup.warnings();
  }

  /// All faults, in the order of the layers and of the lines in them.
  public List<Fault> faults() {
    return faults;
  }

  /// The warnings, in the same order.
  public List<Fault> warnings() {
    return warnings;
  }
}

package dev.quarterdeck.server.cli;

/// Exit codes of the program, after `sysexits.h` where it has one.
public final class ExitCode {
  /// A comparison found a difference.
  public static final int DIFFERENT = 1;

  /// The command line is wrong.
  public static final int USAGE = 64;

  /// A file that was named cannot be read.
  public static final int NO_INPUT = 66;

  /// The host lacks something that the command needs.
  public static final int UNAVAILABLE = 69;

  /// A fault of ours.
  public static final int SOFTWARE = 70;

  /// Our standard output is closed or full.
  public static final int OUTPUT = 74;

  /// The settings, or the place that they name, cannot be used.
  public static final int CONFIG = 78;

  /// A run was ended at a time limit.
  public static final int TIMED_OUT = 124;

  /// A run was ended at another limit.
  public static final int LIMIT = 125;

  /// Added to a signal's number.
  public static final int SIGNAL = 128;

  private ExitCode() {}
}

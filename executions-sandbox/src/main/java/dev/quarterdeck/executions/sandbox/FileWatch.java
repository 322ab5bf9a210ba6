package dev.quarterdeck.executions.sandbox;

/// Looks now and then at the files of a run, for the limits that the kernel does not keep.
interface FileWatch {
  void sample();

  /// The run has ended; a last look, where one still shows anything.
  default void end() {}

  /// Most files and directories seen at once.
  long mostFiles();

  /// Whether the run's file system was seen full.
  boolean wasFull();

  /// Most bytes seen at once, where no file system of its own limits them; else 0.
  default long mostBytes() {
    return 0;
  }

  /// Whether these exceeded the limit.
  default boolean overBytes() {
    return false;
  }
}

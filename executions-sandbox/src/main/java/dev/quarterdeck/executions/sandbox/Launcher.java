package dev.quarterdeck.executions.sandbox;

import java.io.IOException;

/// A way to get a sandbox for a run.
interface Launcher extends AutoCloseable {
  /// Starts the stage of a task in a sandbox of its own.
  ///
  /// @param slot number of the run's place: nobody else has it until the enclosure is closed
  /// @throws IOException the host could not; nothing is left behind
  Enclosure launch(Task task, int slot) throws IOException;

  /// Ends what it keeps. Sandboxes that still run may die with it.
  @Override
  void close();
}

package dev.quarterdeck.executions;

import dev.quarterdeck.store.OutputLog.Frame;
import java.io.IOException;

/// Is told what happens to an execution, each thing once and in order, at its own pace. Called from
/// the thread that watches.
public interface Observer {
  /// How the execution stands at the beginning; not called when the watcher goes on from a
  /// position.
  void status(Execution execution) throws IOException;

  /// Something happened.
  void event(Execution execution, Step step, Position position) throws IOException;

  /// The program wrote something.
  void output(Execution execution, Frame frame, Position position) throws IOException;

  /// Whether nobody listens any more.
  boolean closed();

  /// Has the action called once, from any thread, when nobody listens any more.
  void onClose(Runnable action);
}

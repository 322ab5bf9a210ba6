package dev.quarterdeck.store;

import java.util.List;

/// The output of executions, as frames in the order in which they appeared. Any number of threads
/// may call it; one execution has one writer at a time.
public interface OutputLog {
  /// Appends frames; durable when this returns. A frame that is already there is left as it is.
  void append(List<Frame> frames);

  /// Frames of one attempt from a sequence number on, in order, until `maxBytes` are reached (at
  /// least one frame when there is one).
  List<Frame> read(String execution, int attempt, long fromSequence, int maxBytes);

  /// Deletes all frames of an execution.
  void delete(String execution);

  /// A piece of output.
  ///
  /// @param execution id of the execution
  /// @param attempt 1 for the first run, 2 for the one after a crash
  /// @param sequence 1 for the first frame of an attempt, without gaps
  /// @param bytes exactly what the program wrote; owned by the frame, not to be changed
  record Frame(String execution, int attempt, long sequence, Stream stream, byte[] bytes) {}

  /// Which of the program's two output streams.
  enum Stream {
    STDOUT,
    STDERR
  }
}

package dev.quarterdeck.executions;

import dev.quarterdeck.store.OutputLog;
import dev.quarterdeck.store.OutputLog.Frame;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.Predicate;

/// What a program wrote, byte for byte, put together from its frames.
///
/// @param cut whether more was stored than is here
public record Output(byte[] stdout, byte[] stderr, boolean cut) {
  private static final int READ_BYTES = 1024 * 1024;

  /// Reads the output of the last attempt.
  ///
  /// @param atMost number of bytes of both streams together after which the rest is left out
  static Output read(OutputLog log, Execution execution, int atMost) {
    ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    boolean whole =
        each(
            log,
            execution,
            atMost,
            frame -> {
              int left = atMost - stdout.size() - stderr.size();
              int taken = Math.min(left, frame.bytes().length);
              switch (frame.stream()) {
                case STDOUT -> stdout.write(frame.bytes(), 0, taken);
                case STDERR -> stderr.write(frame.bytes(), 0, taken);
              }
              return taken == frame.bytes().length;
            });
    return new Output(stdout.toByteArray(), stderr.toByteArray(), !whole);
  }

  /// Gives each frame of the last attempt, in order, as long as it is wanted.
  ///
  /// @param reader says whether it wants more
  /// @return whether it got everything
  static boolean each(OutputLog log, Execution execution, int atMost, Predicate<Frame> reader) {
    int attempt = execution.state().attempt();
    int readBytes = Math.min(READ_BYTES, atMost);
    long sequence = 1;
    List<Frame> frames = LastOutput.read(log, execution, attempt, sequence, readBytes);
    while (!frames.isEmpty()) {
      for (Frame frame : frames) {
        if (!reader.test(frame)) {
          return false;
        }
        sequence = frame.sequence() + 1;
      }
      frames = LastOutput.read(log, execution, attempt, sequence, readBytes);
    }
    return true;
  }
}

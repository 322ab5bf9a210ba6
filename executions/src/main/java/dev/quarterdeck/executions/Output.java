package dev.quarterdeck.executions;

import dev.quarterdeck.store.OutputLog;
import dev.quarterdeck.store.OutputLog.Frame;
import java.io.ByteArrayOutputStream;
import java.util.List;

/// What a program wrote, byte for byte, put together from its frames.
///
/// @param cut whether more was stored than is here
public record Output(byte[] stdout, byte[] stderr, boolean cut) {
  private static final int READ_BYTES = 1024 * 1024;

  /// Reads the output of one attempt.
  ///
  /// @param atMost number of bytes of both streams together after which the rest is left out
  static Output read(OutputLog log, String execution, int attempt, int atMost) {
    ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    int readBytes = Math.min(READ_BYTES, atMost);
    long sequence = 1;
    int left = atMost;
    List<Frame> frames = log.read(execution, attempt, sequence, readBytes);
    while (!frames.isEmpty()) {
      for (Frame frame : frames) {
        int taken = Math.min(left, frame.bytes().length);
        switch (frame.stream()) {
          case STDOUT -> stdout.write(frame.bytes(), 0, taken);
          case STDERR -> stderr.write(frame.bytes(), 0, taken);
        }
        left -= taken;
        if (taken < frame.bytes().length) {
          return new Output(stdout.toByteArray(), stderr.toByteArray(), true);
        }
        sequence = frame.sequence() + 1;
      }
      frames = log.read(execution, attempt, sequence, readBytes);
    }
    return new Output(stdout.toByteArray(), stderr.toByteArray(), false);
  }
}

package dev.quarterdeck.executions;

import dev.quarterdeck.store.OutputLog;
import dev.quarterdeck.store.OutputLog.Frame;
import java.io.ByteArrayOutputStream;
import java.util.List;

/// What a program wrote, byte for byte, put together from its frames.
///
/// @param stdoutCut whether more was stored than is here
/// @param stderrCut whether more was stored than is here
public record Output(byte[] stdout, byte[] stderr, boolean stdoutCut, boolean stderrCut) {
  private static final int READ_BYTES = 1024 * 1024;

  /// Reads the output of one attempt.
  ///
  /// @param atMost number of bytes of each stream after which the rest is left out
  static Output read(OutputLog log, String execution, int attempt, int atMost) {
    Bounded stdout = new Bounded(atMost);
    Bounded stderr = new Bounded(atMost);
    long sequence = 1;
    List<Frame> frames = log.read(execution, attempt, sequence, Math.min(READ_BYTES, atMost));
    while (!frames.isEmpty() && !(stdout.cut && stderr.cut)) {
      for (Frame frame : frames) {
        switch (frame.stream()) {
          case STDOUT -> stdout.add(frame.bytes());
          case STDERR -> stderr.add(frame.bytes());
        }
        sequence = frame.sequence() + 1;
      }
      frames = log.read(execution, attempt, sequence, READ_BYTES);
    }
    return new Output(
        stdout.bytes.toByteArray(), stderr.bytes.toByteArray(), stdout.cut, stderr.cut);
  }

  private static final class Bounded {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    final int atMost;
    boolean cut;

    Bounded(int atMost) {
      this.atMost = atMost;
    }

    void add(byte[] more) {
      int taken = Math.min(more.length, atMost - bytes.size());
      bytes.write(more, 0, taken);
      cut |= taken < more.length;
    }
  }
}

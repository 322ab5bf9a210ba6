package dev.quarterdeck.executions;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

/// Passes the output of one case on, counts it, and compares what the program wrote to its standard
/// output with what was expected.
final class Expected implements Sandbox.Output {
  private final TestCase expected;
  private final Sandbox.Output next;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private long stdoutBytes;
  private long stderrBytes;

  Expected(TestCase expected, Sandbox.Output next) {
    this.expected = expected;
    this.next = next;
  }

  @Override
  public synchronized void write(boolean stderr, byte[] bytes, int offset, int length) {
    if (stderr) {
      stderrBytes += length;
    } else {
      stdoutBytes += length;
      if (expected.expected().isPresent()) {
        kept.write(bytes, offset, length);
      }
    }
    next.write(stderr, bytes, offset, length);
  }

  synchronized long stdoutBytes() {
    return stdoutBytes;
  }

  synchronized long stderrBytes() {
    return stderrBytes;
  }

  /// Whether the output was the expected one; empty when nothing was expected.
  synchronized Optional<Boolean> met() {
    return expected.passed(kept.toByteArray());
  }
}

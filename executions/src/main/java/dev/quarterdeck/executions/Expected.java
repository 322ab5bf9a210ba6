package dev.quarterdeck.executions;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Passes the output of one case on, counts it, and compares what the program wrote to its standard
/// output with what was expected: line by line, blanks at the end of a line and empty lines at the
/// end of the text left out of account.
final class Expected implements Sandbox.Output {
  private final Optional<String> expected;
  private final Sandbox.Output next;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private long stdoutBytes;
  private long stderrBytes;

  Expected(Optional<String> expected, Sandbox.Output next) {
    this.expected = expected;
    this.next = next;
  }

  @Override
  public synchronized void write(boolean stderr, byte[] bytes, int offset, int length) {
    if (stderr) {
      stderrBytes += length;
    } else {
      stdoutBytes += length;
      if (expected.isPresent()) {
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
    return expected.map(
        text -> trimmed(text).equals(trimmed(kept.toString(StandardCharsets.UTF_8))));
  }

  private static String trimmed(String text) {
    return text.replaceAll("[ \\t\\r]+(?=\\n|$)", "").stripTrailing();
  }
}

package dev.quarterdeck.server.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// What a command printed and how it ended.
public record Outcome(int exitCode, byte[] stdout, String stderr) {
  /// Runs `quarterdeck` with the arguments.
  public static Outcome of(String... arguments) {
    return of(false, arguments);
  }

  /// Runs `quarterdeck` as if a person looked at its output.
  static Outcome onTerminal(String... arguments) {
    return of(true, arguments);
  }

  private static Outcome of(boolean terminalIsThere, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            terminalIsThere);
    int exitCode = CommandLines.execute(terminal, arguments);
    return new Outcome(exitCode, out.toByteArray(), err.toString(StandardCharsets.UTF_8));
  }

  /// What it printed on standard output.
  public String text() {
    return new String(stdout, StandardCharsets.UTF_8);
  }
}

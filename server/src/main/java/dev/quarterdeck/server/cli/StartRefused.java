package dev.quarterdeck.server.cli;

/// The program does not start, and says why in one message.
public final class StartRefused extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final int exitCode;

  public StartRefused(int exitCode, String message) {
    super(message, null, false, false);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}

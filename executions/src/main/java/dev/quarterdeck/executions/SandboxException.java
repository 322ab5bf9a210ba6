package dev.quarterdeck.executions;

/// The sandbox failed, not the program in it.
public final class SandboxException extends Exception {
  private static final long serialVersionUID = 1;

  public SandboxException(String message) {
    super(message);
  }

  public SandboxException(String message, Throwable cause) {
    super(message, cause);
  }
}

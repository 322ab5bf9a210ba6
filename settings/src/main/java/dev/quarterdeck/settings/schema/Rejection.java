package dev.quarterdeck.settings.schema;

/// A text that a type does not read. Its message says what was expected, never the text.
public final class Rejection extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  Rejection(String expected) {
    super(expected);
  }

  /// Does nothing: the place of a rejection is in the settings, not in the program.
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}

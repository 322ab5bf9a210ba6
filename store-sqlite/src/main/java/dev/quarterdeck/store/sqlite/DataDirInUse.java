package dev.quarterdeck.store.sqlite;

/// Another process works on the data directory. A program that meets this at its start ends with
/// exit code 78.
public final class DataDirInUse extends RuntimeException {
  private static final long serialVersionUID = 1;

  DataDirInUse(String message) {
    super(message);
  }
}

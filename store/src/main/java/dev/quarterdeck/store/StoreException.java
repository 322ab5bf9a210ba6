package dev.quarterdeck.store;

/// The storage engine failed: disk full, file damaged, newer schema, locked by another process.
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public StoreException(String message) {
    super(message);
  }

  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}

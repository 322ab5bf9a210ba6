package dev.quarterdeck.bookmarks.page;

/// A page could not be fetched. The message says why, fit to be shown to whoever saved the link.
public final class FetchException extends Exception {
  private static final long serialVersionUID = 1L;

  FetchException(String message) {
    super(message);
  }

  FetchException(String message, Throwable cause) {
    super(message, cause);
  }

  /// Why, never null.
  public String reason() {
    return String.valueOf(getMessage());
  }
}

package dev.quarterdeck.bookmarks.exchange;

/// A file as a whole cannot be imported. The message says why and what to do.
public final class UnreadableFile extends Exception {
  private static final long serialVersionUID = 1;

  UnreadableFile(String message) {
    super(message);
  }
}

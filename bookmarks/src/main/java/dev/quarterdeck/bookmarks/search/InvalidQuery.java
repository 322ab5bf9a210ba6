package dev.quarterdeck.bookmarks.search;

/// A query that cannot be read. The message says what stands where, and what was expected.
public final class InvalidQuery extends Exception {
  private static final long serialVersionUID = 1;
  private final int column;

  InvalidQuery(int at, String message) {
    super("column %d: %s".formatted(at + 1, message), null, false, false);
    this.column = at + 1;
  }

  /// Where the trouble begins, 1 for the first character.
  public int column() {
    return column;
  }
}

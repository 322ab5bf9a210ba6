package dev.quarterdeck.settings.toml;

/// The brackets and braces that are open in a value.
final class Brackets {
  private final Source source;
  private int squares;
  private int braces;
  private boolean aborted;
  private boolean atStatement;

  Brackets(Source source) {
    this.source = source;
  }

  /// Starts a value.
  void begin() {
    squares = 0;
    braces = 0;
    aborted = false;
    atStatement = false;
  }

  void open(char bracket) {
    count(bracket, 1);
  }

  void close(char bracket) {
    count(bracket, -1);
  }

  private void count(char bracket, int change) {
    squares += bracket == '[' ? change : 0;
    braces += bracket == '{' ? change : 0;
  }

  /// Whether a bracket without its counterpart ended the value; the brackets around it are then not
  /// reported.
  boolean aborted() {
    return aborted;
  }

  /// Whether the value ended so at the start of another statement.
  boolean atStatement() {
    return atStatement;
  }

  /// Reports a bracket whose counterpart is missing at the cursor, where the end of the file,
  /// another statement, or the counterpart of the other kind of bracket stands.
  ///
  /// @param report whether the bracket had no fault before
  void unclosed(char bracket, Position start, boolean report) {
    int c = source.peek();
    char close = bracket == '[' ? ']' : '}';
    boolean mistaken = c == ']' || c == '}';
    if (report) {
      source.error(
          TomlCodes.UNCLOSED_BRACKET,
          new Span(start, new Position(start.line(), start.column() + 1, start.offset() + 1)),
          "the " + bracket + " has no closing " + close,
          "close it with " + close + (mistaken ? " instead of " + (char) c : ""));
    }
    if (!mistaken) {
      aborted = true;
      atStatement = true;
    } else if ((c == ']' ? squares : braces) == 0) {
      aborted = true;
      source.pos++;
    }
    close(bracket);
  }
}

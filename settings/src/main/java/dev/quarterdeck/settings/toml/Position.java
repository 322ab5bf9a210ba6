package dev.quarterdeck.settings.toml;

/// A place in a text.
///
/// @param line 1 for the first line
/// @param column 1 for the first code point of the line; bytes that are not UTF-8 count one each
/// @param offset bytes before it, 0 at the start of the file
public record Position(int line, int column, int offset) {
  /// The start of a file.
  public static final Position START = new Position(1, 1, 0);

  /// `line 3, column 7`.
  @Override
  public String toString() {
    return "line " + line + ", column " + column;
  }
}

package dev.quarterdeck.settings.toml;

/// A stretch of a text, from its first character to just after its last.
///
/// @param start place of the first character
/// @param end place just after the last character; equal to `start` when the stretch is empty
public record Span(Position start, Position end) {
  /// The empty stretch at the start of a file, for nodes that come from no file.
  public static final Span NONE = new Span(Position.START, Position.START);

  /// The place of its first character: `line 3, column 7`.
  @Override
  public String toString() {
    return start.toString();
  }
}

package dev.quarterdeck.bookmarks.exchange;

/// A place in an uploaded file.
///
/// @param part name of the file inside an archive, empty when there is none
/// @param line 1 for the first
public record Place(String part, long line) {
  @Override
  public String toString() {
    return part.isEmpty() ? "line " + line : part + ", line " + line;
  }
}

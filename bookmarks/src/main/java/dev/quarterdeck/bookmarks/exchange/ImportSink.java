package dev.quarterdeck.bookmarks.exchange;

/// Takes what a file holds, in its order, on the thread that reads the file. An exception ends the
/// reading and reaches the reader's caller.
public interface ImportSink {
  /// A bookmark.
  void bookmark(ImportedBookmark bookmark);

  /// A tag, before the bookmarks.
  void tag(ImportedTag tag);

  /// A collection, after the bookmarks.
  void collection(ImportedCollection collection);

  /// A saved search, after the bookmarks.
  void search(ImportedSearch search);

  /// Something that was skipped or changed. Those of an entry come before it.
  void problem(ImportProblem problem);
}

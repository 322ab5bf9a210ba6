package dev.quarterdeck.bookmarks.console;

import dev.quarterdeck.http.console.Page;
import java.util.List;

/// The console's page of bookmarks: search as you type, tags, collections, editing one or many,
/// import and export.
public final class BookmarksPage {
  private static final List<String> FILES =
      List.of(
          "bookmarks.css",
          "bookmarks.js",
          "bulk.js",
          "edit.js",
          "list.js",
          "side.js",
          "transfer.js");

  private BookmarksPage() {}

  /// The page, at `/bookmarks`.
  public static Page page() {
    return Page.of(BookmarksPage.class, "bookmarks", "Bookmarks", "Bookmarks", FILES);
  }
}

package dev.quarterdeck.bookmarks.console;

import dev.quarterdeck.http.console.Page;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The console's page of bookmarks: search as you type, tags, collections, editing one or many,
/// import and export.
public final class BookmarksPage {
  private static final String RESOURCES = "dev/quarterdeck/bookmarks/console/";
  private static final String TEMPLATES = "dev.quarterdeck.bookmarks.console.jte";
  private static final String ASSETS = "/assets/bookmarks/";

  private BookmarksPage() {}

  /// The page, at `/bookmarks`.
  public static Page page() {
    TemplateEngine templates =
        TemplateEngine.createPrecompiled(
            null, ContentType.Html, BookmarksPage.class.getClassLoader(), TEMPLATES);
    Map<String, String> assets = new TreeMap<>();
    for (String name :
        List.of(
            "bookmarks.css",
            "bookmarks.js",
            "bulk.js",
            "edit.js",
            "list.js",
            "side.js",
            "transfer.js")) {
      assets.put(ASSETS + name, RESOURCES + name);
    }
    return new Page(
        "/bookmarks",
        "Bookmarks",
        "Bookmarks",
        List.of(ASSETS + "bookmarks.css"),
        List.of(),
        List.of(ASSETS + "bookmarks.js"),
        assets,
        output -> templates.render("bookmarks.jte", Map.of(), output));
  }
}

package dev.quarterdeck.server;

import dev.quarterdeck.bookmarks.BookmarkKinds;
import dev.quarterdeck.bookmarks.BookmarksSlice;
import dev.quarterdeck.bookmarks.bulk.BulkChanges;
import dev.quarterdeck.bookmarks.exchange.Exports;
import dev.quarterdeck.bookmarks.exchange.Imports;
import dev.quarterdeck.bookmarks.exchange.http.ExchangeRoutes;
import dev.quarterdeck.bookmarks.http.BookmarkRoutes;
import dev.quarterdeck.bookmarks.http.PageRoutes;
import dev.quarterdeck.bookmarks.jobs.Jobs;
import dev.quarterdeck.bookmarks.linkding.Bundles;
import dev.quarterdeck.bookmarks.linkding.LinkdingRoutes;
import dev.quarterdeck.bookmarks.linkding.Members;
import dev.quarterdeck.bookmarks.page.Pages;
import dev.quarterdeck.bookmarks.search.IndexStatus;
import dev.quarterdeck.bookmarks.search.IndexedSearch;
import dev.quarterdeck.bookmarks.search.http.SearchRoutes;
import dev.quarterdeck.http.Route;
import dev.quarterdeck.server.settings.AppSettings;
import dev.quarterdeck.store.Documents;
import dev.quarterdeck.store.EventJournal;
import dev.quarterdeck.store.Kind;
import dev.quarterdeck.store.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// Bookmarks as a part of the server: the slice with its index and its jobs. Closed before the
/// store.
final class BookmarkParts implements AutoCloseable {
  private final BookmarksSlice slice;
  private final IndexedSearch search;
  private final Imports imports;
  private final Exports exports;
  private final Jobs jobs;
  private final EventJournal journal;
  private final Pages pages;
  private final List<Route> linkding;

  /// @param members finds users by name
  BookmarkParts(AppSettings settings, SqliteStore store, Members members, InstantSource clock)
      throws IOException {
    Path directory = settings.storage().dataDir().resolve("bookmarks");
    Documents documents = store.documents();
    this.journal = store.journal(BookmarkKinds.AREA);
    this.slice =
        new BookmarksSlice(
            settings.bookmarks(),
            documents,
            journal,
            Backend.origin(settings),
            clock,
            sources -> new IndexedSearch(directory.resolve("index"), sources));
    this.search = (IndexedSearch) slice.search();
    Bundles bundles = new Bundles(documents);
    this.imports = new Imports(slice, bundles, directory.resolve("imports"));
    this.exports = new Exports(slice, bundles, directory.resolve("exports"));
    this.jobs =
        new Jobs(
            documents,
            List.of(imports, exports, new BulkChanges(slice.bookmarks(), slice.tags())),
            clock);
    this.pages = new Pages(slice, settings.bookmarks(), directory.resolve("icons"));
    this.linkding =
        LinkdingRoutes.of(
            slice, search, documents, bundles, directory.resolve("assets"), pages::look, members);
  }

  /// What the store must be opened with.
  static List<Kind> kinds() {
    List<Kind> kinds = new ArrayList<>(BookmarkKinds.ALL);
    kinds.add(Jobs.KIND);
    kinds.addAll(LinkdingRoutes.KINDS);
    return kinds;
  }

  void start() {
    search.start();
    slice.start();
    jobs.start();
    pages.start();
  }

  EventJournal journal() {
    return journal;
  }

  List<Route> routes() {
    List<Route> routes = new ArrayList<>(BookmarkRoutes.of(slice));
    routes.addAll(ExchangeRoutes.of(jobs, imports, exports));
    routes.addAll(SearchRoutes.of(slice, search, jobs));
    routes.addAll(PageRoutes.of(slice, pages));
    routes.addAll(linkding);
    return routes;
  }

  static Map<String, JsonNode> schemas() {
    Map<String, JsonNode> schemas = new TreeMap<>(BookmarkRoutes.schemas());
    schemas.putAll(ExchangeRoutes.schemas());
    schemas.putAll(SearchRoutes.schemas());
    schemas.putAll(LinkdingRoutes.schemas());
    return schemas;
  }

  /// How the index does, for health.
  String health() {
    IndexStatus status = search.status();
    if (status.state() == IndexStatus.State.FAILED) {
      throw new IllegalStateException(
          "the index of bookmarks cannot be used and is tried again: "
              + status.reason().orElse("the log says why"));
    }
    return status.state().name().toLowerCase(Locale.ROOT);
  }

  @Override
  public void close() {
    pages.close();
    jobs.close();
    slice.close();
    search.close();
  }
}

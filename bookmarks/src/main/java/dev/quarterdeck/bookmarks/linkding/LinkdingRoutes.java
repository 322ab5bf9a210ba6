package dev.quarterdeck.bookmarks.linkding;

import dev.quarterdeck.bookmarks.BookmarksSlice;
import dev.quarterdeck.bookmarks.search.IndexedSearch;
import dev.quarterdeck.http.OpenApi;
import dev.quarterdeck.http.Route;
import dev.quarterdeck.store.Documents;
import dev.quarterdeck.store.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// All routes under `/linkding`.
public final class LinkdingRoutes {
  /// What the store must be opened with besides the kinds of the slice.
  public static final List<Kind> KINDS = List.of(Bundles.KIND, Assets.KIND, FeedKeys.KIND);

  private LinkdingRoutes() {}

  /// The rows for the route table.
  ///
  /// @param search over the slice
  /// @param documents opened with [#KINDS]
  /// @param bundles of these documents
  /// @param directory where the files of bookmarks are kept; made when it does not exist
  /// @param pages [PageLookup#NONE] when pages are not to be read
  public static List<Route> of(
      BookmarksSlice slice,
      IndexedSearch search,
      Documents documents,
      Bundles bundles,
      Path directory,
      PageLookup pages,
      Members members) {
    Finder finder = new Finder(slice, search, bundles);
    TagWords tags = new TagWords(slice.tags());
    List<Route> routes = new ArrayList<>(new SiteEndpoints().routes());
    routes.addAll(new ListEndpoints(slice, finder, tags, pages, members).routes());
    routes.addAll(new BookmarkEndpoints(slice, tags).routes());
    routes.addAll(new TagEndpoints(slice).routes());
    routes.addAll(new BundleEndpoints(bundles, slice.clock()).routes());
    routes.addAll(
        new AssetEndpoints(slice, new Assets(documents, directory, slice.clock())).routes());
    routes.addAll(new Feeds(new FeedKeys(documents), finder, tags).routes());
    return routes;
  }

  /// The schemas that the rows name.
  public static Map<String, JsonNode> schemas() {
    return OpenApi.schemas(LinkdingRoutes.class, "schemas.json");
  }
}

package dev.quarterdeck.bookmarks.http;

import dev.quarterdeck.bookmarks.BookmarksSlice;
import dev.quarterdeck.http.OpenApi;
import dev.quarterdeck.http.Route;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// All routes of bookmarks but those of import, export and linkding's API.
public final class BookmarkRoutes {
  private BookmarkRoutes() {}

  /// The rows for the route table.
  public static List<Route> of(BookmarksSlice slice) {
    return Stream.of(
            new SeedBookmarkRoutes(slice).routes(),
            new SeedTagRoutes(slice).routes(),
            new SeedCollectionRoutes(slice).routes(),
            new CacheRoutes(slice).routes(),
            new V1ListRoutes(slice).routes(),
            new V1BookmarkRoutes(slice).routes(),
            new V1TagRoutes(slice).routes(),
            new PublicRoutes(slice).routes(),
            new FeedRoutes(slice).routes())
        .flatMap(List::stream)
        .toList();
  }

  /// The schemas that the rows name.
  public static Map<String, JsonNode> schemas() {
    return OpenApi.schemas(BookmarkRoutes.class, "schemas.json");
  }
}

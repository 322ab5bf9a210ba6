package dev.quarterdeck.bookmarks.http;

import dev.quarterdeck.bookmarks.BookmarkSettings.Eviction;
import dev.quarterdeck.bookmarks.BookmarksSlice;
import dev.quarterdeck.bookmarks.CacheStatistics;
import dev.quarterdeck.http.Request;
import dev.quarterdeck.http.Response;
import dev.quarterdeck.http.Route;
import dev.quarterdeck.http.Route.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the cache does: `GET /api/v1/bookmarks/cache`.
final class CacheRoutes {
  private final BookmarksSlice slice;

  CacheRoutes(BookmarksSlice slice) {
    this.slice = slice;
  }

  List<Route> routes() {
    return List.of(
        V1.row(
                Method.GET,
                "/cache",
                "What the bookmark cache has done since the start, and its limits.",
                this::statistics)
            .schemas("", "BookmarkCacheStatistics"));
  }

  private Response statistics(Request request) {
    var unused = Callers.reader(request);
    CacheStatistics now = slice.cacheStatistics();
    Map<String, Object> limits = new LinkedHashMap<>();
    limits.put("max_entries", now.maxEntries());
    limits.put("ttl_seconds", now.ttl().toMillis() / 1_000.0);
    limits.put("eviction", label(now.eviction()));
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("size", now.size());
    body.put("hits", now.hits());
    body.put("misses", now.misses());
    body.put("evictions", now.evictions());
    body.put("expirations", now.expirations());
    body.put("limits", limits);
    return Response.json(body);
  }

  private static String label(Eviction eviction) {
    return switch (eviction) {
      case LRU -> "lru";
      case TINYLFU -> "tinylfu";
    };
  }
}

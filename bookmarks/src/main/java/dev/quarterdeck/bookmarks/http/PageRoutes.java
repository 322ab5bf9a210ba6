package dev.quarterdeck.bookmarks.http;

import dev.quarterdeck.bookmarks.Bookmark;
import dev.quarterdeck.bookmarks.BookmarksSlice;
import dev.quarterdeck.bookmarks.page.Pages;
import dev.quarterdeck.bookmarks.page.Picture;
import dev.quarterdeck.http.Request;
import dev.quarterdeck.http.Response;
import dev.quarterdeck.http.Route;
import dev.quarterdeck.http.Route.Method;
import dev.quarterdeck.runtime.Problem;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The pages behind bookmarks: reading one again, its icon.
public final class PageRoutes {
  private static final Duration RETRY = Duration.ofSeconds(30);

  private final BookmarksSlice slice;
  private final Pages pages;

  private PageRoutes(BookmarksSlice slice, Pages pages) {
    this.slice = slice;
    this.pages = pages;
  }

  /// The rows for the route table.
  public static List<Route> of(BookmarksSlice slice, Pages pages) {
    PageRoutes routes = new PageRoutes(slice, pages);
    return List.of(
        V1.row(
                Method.POST,
                "/{bookmark_id}/refresh",
                "Has the page of a bookmark read again, in the background.",
                routes::refresh)
            .schemas("", "BookmarkRefresh")
            .successStatus(202),
        V1.row(
                Method.GET,
                "/{bookmark_id}/icon",
                "The icon of a bookmark's page, as far as it was read.",
                routes::icon)
            .answers("image/*"));
  }

  private Response refresh(Request request) {
    Bookmark bookmark =
        slice.bookmarks().get(Callers.writer(request), request.pathValue("bookmark_id"));
    if (!pages.read(bookmark)) {
      throw new Problem.Unavailable(
              "pages_busy", "too many pages wait to be read; try again later", RETRY)
          .raise();
    }
    return Response.json(202, Map.of("id", bookmark.id(), "status", "requested"));
  }

  private Response icon(Request request) throws IOException {
    Bookmark bookmark =
        slice.bookmarks().get(Callers.reader(request), request.pathValue("bookmark_id"));
    Picture icon =
        pages
            .icon(bookmark)
            .orElseThrow(
                () ->
                    new Problem.NotFound(
                            "icon_not_found", "the page of this bookmark has no icon here")
                        .raise());
    return Response.bytes(icon.mediaType(), icon.bytes())
        .header("Cache-Control", "private, max-age=86400");
  }
}

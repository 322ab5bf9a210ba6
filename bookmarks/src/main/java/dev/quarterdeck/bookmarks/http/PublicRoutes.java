package dev.quarterdeck.bookmarks.http;

import dev.quarterdeck.bookmarks.Bookmark;
import dev.quarterdeck.bookmarks.BookmarkProblems;
import dev.quarterdeck.bookmarks.BookmarkRules;
import dev.quarterdeck.bookmarks.BookmarksSlice;
import dev.quarterdeck.bookmarks.FeedTokens;
import dev.quarterdeck.bookmarks.PublicLink;
import dev.quarterdeck.bookmarks.Tag;
import dev.quarterdeck.http.BodyFields;
import dev.quarterdeck.http.Request;
import dev.quarterdeck.http.Response;
import dev.quarterdeck.http.Route;
import dev.quarterdeck.http.Route.Access;
import dev.quarterdeck.http.Route.Family;
import dev.quarterdeck.http.Route.Method;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Public links: made by the owner, open to everybody who has one until it expires.
final class PublicRoutes {
  static final String PAGE = "/public/bookmarks/";
  private static final String LINK = "/{bookmark_id}/public-link";

  private final BookmarksSlice slice;
  private final V1Views views;

  PublicRoutes(BookmarksSlice slice) {
    this.slice = slice;
    this.views = new V1Views(slice.tags(), slice.clock());
  }

  List<Route> routes() {
    return List.of(
        V1.row(Method.PUT, LINK, "Gives a bookmark a new public link.", this::link)
            .schemas("BookmarkPublicLinkRequest", "Bookmark"),
        V1.row(Method.DELETE, LINK, "Ends the public link at once.", this::unlink)
            .schemas("", "Bookmark"),
        Route.of(
                Method.GET,
                "/api/v1/public/bookmarks/{token}",
                "The bookmark that a public link opens.",
                this::json)
            .access(Access.OPEN)
            .schemas("", "PublicBookmark"),
        Route.of(Method.GET, PAGE + "{token}", "The page that a public link opens.", this::page)
            .access(Access.OPEN)
            .family(Family.PAGE));
  }

  private Response link(Request request) {
    String owner = Callers.writer(request);
    Bookmark present = slice.bookmarks().get(owner, request.pathValue("bookmark_id"));
    BodyFields body = BodyFields.of(request);
    Optional<Instant> expiresAt = V1Body.time(body, "expires_at");
    if (expiresAt.filter(end -> !end.isAfter(slice.clock().instant())).isPresent()) {
      body.violation("expires_at", "Input should be in the future", "datetime_past");
    }
    body.check();
    PublicLink link = new PublicLink(FeedTokens.random(), expiresAt);
    return changed(owner, present.id(), Optional.of(link));
  }

  private Response unlink(Request request) {
    String owner = Callers.writer(request);
    return changed(owner, request.pathValue("bookmark_id"), Optional.empty());
  }

  private Response changed(String owner, String id, Optional<PublicLink> link) {
    Bookmark bookmark =
        slice.bookmarks().update(owner, id, OptionalLong.empty(), draft -> draft.publicLink(link));
    return Response.json(views.own(bookmark)).header("ETag", V1.etag(bookmark.version()));
  }

  private Bookmark opened(Request request) {
    return slice
        .bookmarks()
        .findByPublicToken(request.pathValue("token"))
        .orElseThrow(BookmarkProblems::noBookmark);
  }

  private Response json(Request request) {
    Bookmark bookmark = opened(request);
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("url", bookmark.url());
    body.put("title", bookmark.title());
    body.put("description", bookmark.description());
    body.put("tags", tags(bookmark));
    body.put("created_at", bookmark.createdAt());
    body.put("expires_at", bookmark.publicLink().flatMap(PublicLink::expiresAt).orElse(null));
    return Response.json(body).header("Cache-Control", "no-store");
  }

  private List<String> tags(Bookmark bookmark) {
    return slice.tags().of(bookmark.owner()).resolve(bookmark.tags()).stream()
        .map(Tag::name)
        .toList();
  }

  private Response page(Request request) {
    Bookmark bookmark = opened(request);
    String url = Markup.escape(bookmark.url());
    String title = Markup.escape(bookmark.title().isEmpty() ? bookmark.url() : bookmark.title());
    String link =
        BookmarkRules.isWebUrl(bookmark.url())
            ? "<a href=\"%s\" rel=\"noopener noreferrer nofollow\">%s</a>".formatted(url, url)
            : url;
    String html =
        """
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="robots" content="noindex">\
        <title>%s</title></head>
        <body><h1>%s</h1><p>%s</p><p>%s</p><p>%s</p></body>
        </html>
        """
            .formatted(
                title,
                title,
                link,
                Markup.escape(bookmark.description()),
                Markup.escape(String.join(", ", tags(bookmark))));
    return Response.html(html).header("Cache-Control", "no-store");
  }
}

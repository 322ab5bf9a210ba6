package dev.quarterdeck.bookmarks.linkding;

import dev.quarterdeck.bookmarks.Bookmark;
import dev.quarterdeck.bookmarks.BookmarkRules;
import dev.quarterdeck.bookmarks.Status;
import dev.quarterdeck.http.Request;
import dev.quarterdeck.http.Response;
import dev.quarterdeck.http.Route;
import dev.quarterdeck.http.Route.Method;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// RSS feeds of the newest bookmarks, opened by a key in their address.
final class Feeds {
  private static final int MOST = 1_000;

  private final FeedKeys keys;
  private final Finder finder;
  private final TagWords tags;

  Feeds(FeedKeys keys, Finder finder, TagWords tags) {
    this.keys = keys;
    this.finder = finder;
    this.tags = tags;
  }

  List<Route> routes() {
    return List.of(
        Rows.open(
            "/feeds/{key}/all", "Feed of all bookmarks.", r -> own(r, "All bookmarks", "all")),
        Rows.open(
            "/feeds/{key}/unread",
            "Feed of unread ones.",
            r -> own(r, "Unread bookmarks", "unread")),
        Rows.open(
            "/feeds/{key}/shared",
            "Feed of shared ones.",
            r -> own(r, "Shared bookmarks", "shared")),
        Rows.open("/feeds/shared", "Feed of what is shared with everybody.", Feeds::open),
        Route.of(
                Method.GET,
                "/api/v1/bookmarks/feed-key",
                "The key of the caller's feeds, and their addresses.",
                request -> key(request, false))
            .schemas("", "BookmarkFeedKey"),
        Route.of(
                Method.POST,
                "/api/v1/bookmarks/feed-key",
                "Makes a new key; the old addresses end.",
                request -> key(request, true))
            .schemas("", "BookmarkFeedKey"));
  }

  private Response key(Request request, boolean renew) {
    String owner = renew ? LinkdingProblems.writer(request) : LinkdingProblems.reader(request);
    String key = keys.of(owner, renew);
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("key", key);
    for (String name : List.of("all", "unread", "shared")) {
      shown.put(name, "%s%s/feeds/%s/%s".formatted(Paging.base(request), Rows.ROOT, key, name));
    }
    return Response.json(shown);
  }

  private Response own(Request request, String title, String which) {
    String owner =
        keys.owner(request.pathValue("key"))
            .orElseThrow(() -> LinkdingProblems.missing("FeedToken"));
    int limit = Math.min(MOST, Paging.of(request).limit());
    Finder.Found found =
        switch (which) {
          case "unread" -> finder.unread(request, owner, limit);
          case "shared" -> finder.shared(request, Optional.empty(), limit, 0);
          default -> finder.own(request, owner, Status.ACTIVE, limit, 0);
        };
    return feed(request, title, found.bookmarks());
  }

  /// Nothing here is shared with strangers.
  private static Response open(Request request) {
    return document(request, "Public shared bookmarks", "");
  }

  private Response feed(Request request, String title, List<Bookmark> bookmarks) {
    StringBuilder items = new StringBuilder();
    bookmarks.forEach(bookmark -> items.append(item(bookmark)));
    return document(request, title, items.toString());
  }

  private String item(Bookmark bookmark) {
    String title = BookmarkView.title(bookmark);
    StringBuilder item = new StringBuilder("  <item>\n");
    element(item, "title", title.isEmpty() ? bookmark.url() : title);
    if (BookmarkRules.isWebUrl(bookmark.url())) {
      element(item, "link", bookmark.url());
    }
    element(item, "description", BookmarkView.description(bookmark));
    element(
        item,
        "pubDate",
        DateTimeFormatter.RFC_1123_DATE_TIME.format(bookmark.createdAt().atOffset(ZoneOffset.UTC)));
    item.append("    <guid isPermaLink=\"false\">")
        .append(Xml.escape(bookmark.id()))
        .append("</guid>\n");
    tags.of(bookmark).forEach(tag -> element(item, "category", tag));
    return item.append("  </item>\n").toString();
  }

  private static void element(StringBuilder to, String name, String text) {
    to.append("    <").append(name).append('>');
    to.append(Xml.escape(text));
    to.append("</").append(name).append(">\n");
  }

  private static Response document(Request request, String title, String items) {
    return Response.text(
        "application/rss+xml; charset=utf-8",
        """
        <?xml version="1.0" encoding="utf-8"?>
        <rss version="2.0">
        <channel>
          <title>%s</title>
          <link>%s</link>
          <description>%s</description>
        %s</channel>
        </rss>
        """
            .formatted(title, Xml.escape(Paging.base(request) + "/bookmarks"), title, items));
  }
}

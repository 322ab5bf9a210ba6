package dev.quarterdeck.bookmarks.http;

import dev.quarterdeck.bookmarks.Bookmark;
import dev.quarterdeck.bookmarks.BookmarkLists;
import dev.quarterdeck.bookmarks.BookmarkSearch;
import dev.quarterdeck.bookmarks.BookmarksSlice;
import dev.quarterdeck.bookmarks.Status;
import dev.quarterdeck.bookmarks.Tag;
import dev.quarterdeck.http.Request;
import dev.quarterdeck.http.Response;
import dev.quarterdeck.http.Route;
import dev.quarterdeck.http.Route.Access;
import dev.quarterdeck.http.Route.Family;
import dev.quarterdeck.http.Route.Method;
import dev.quarterdeck.runtime.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Atom feeds, opened by a token in their address, because feed readers do not log in.
final class FeedRoutes {
  private static final String PATH = "/feeds/bookmarks/";
  private static final List<String> NAMES = List.of("all", "unread", "team");
  private static final int ENTRIES = 100;

  private final BookmarksSlice slice;

  FeedRoutes(BookmarksSlice slice) {
    this.slice = slice;
  }

  List<Route> routes() {
    return List.of(
        V1.row(Method.GET, "/feeds", "The addresses of the caller's Atom feeds.", this::addresses)
            .schemas("", "BookmarkFeeds"),
        V1.row(
                Method.POST,
                "/feeds/renew",
                "Gives the feeds other addresses; those before end.",
                this::renew)
            .schemas("", "BookmarkFeeds"),
        Route.of(Method.GET, PATH + "{token}/{feed}", "An Atom feed.", this::feed)
            .access(Access.OPEN)
            .family(Family.PAGE));
  }

  private Response addresses(Request request) {
    return addresses(slice.feedTokens().of(Callers.writer(request)));
  }

  private Response renew(Request request) {
    return addresses(slice.feedTokens().renew(Callers.writer(request)));
  }

  private static Response addresses(String token) {
    return Response.json(
        Map.of(
            "token",
            token,
            "feeds",
            NAMES.stream()
                .map(name -> Map.of("name", name, "url", PATH + token + "/" + name))
                .toList()));
  }

  private Response feed(Request request) {
    String name = request.pathValue("feed");
    Optional<String> owner = slice.feedTokens().owner(request.pathValue("token"));
    if (owner.isEmpty() || !NAMES.contains(name)) {
      throw new Problem.NotFound("feed_not_found", "There is no such feed").raise();
    }
    String address = PATH + request.pathValue("token") + "/" + name;
    return Response.text(
            "application/atom+xml; charset=utf-8", atom(name, address, found(name, owner.get())))
        .header("Cache-Control", "private, max-age=60");
  }

  private List<Bookmark> found(String name, String owner) {
    return switch (name) {
      case "team" -> slice.lists().shared(Optional.empty(), ENTRIES).bookmarks();
      case "unread" ->
          slice
              .bookmarks()
              .findAll(
                  owner,
                  slice
                      .search()
                      .find(
                          new BookmarkSearch.Request(
                              owner,
                              "!unread",
                              Set.of(Status.ACTIVE),
                              BookmarkSearch.Order.ADDED_DESCENDING,
                              0,
                              ENTRIES))
                      .ids())
              .stream()
              .filter(bookmark -> !bookmark.trashed())
              .toList();
      default ->
          slice
              .lists()
              .of(
                  owner,
                  Status.ACTIVE,
                  BookmarkLists.Sort.ADDED_DESCENDING,
                  Optional.empty(),
                  ENTRIES)
              .bookmarks();
    };
  }

  private String atom(String name, String address, List<Bookmark> bookmarks) {
    Instant updated =
        bookmarks.stream().map(Bookmark::modifiedAt).max(Instant::compareTo).orElse(Instant.EPOCH);
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    xml.append("<feed xmlns=\"http://www.w3.org/2005/Atom\">\n");
    xml.append("<id>urn:quarterdeck:bookmarks:%s</id>\n".formatted(name));
    xml.append("<title>Bookmarks: %s</title>\n".formatted(name));
    xml.append("<updated>%s</updated>\n".formatted(updated));
    xml.append("<link rel=\"self\" href=\"%s\"/>\n".formatted(Markup.escape(address)));
    xml.append("<author><name>Quarterdeck</name></author>\n");
    bookmarks.forEach(bookmark -> xml.append(entry(bookmark)));
    return xml.append("</feed>\n").toString();
  }

  private String entry(Bookmark bookmark) {
    StringBuilder xml = new StringBuilder("<entry>\n");
    String title = bookmark.title().isEmpty() ? bookmark.url() : bookmark.title();
    xml.append("<id>urn:quarterdeck:bookmark:%s</id>\n".formatted(bookmark.id()));
    xml.append("<title>%s</title>\n".formatted(Markup.escape(title)));
    xml.append("<link href=\"%s\"/>\n".formatted(Markup.escape(bookmark.url())));
    xml.append("<published>%s</published>\n".formatted(bookmark.createdAt()));
    xml.append("<updated>%s</updated>\n".formatted(bookmark.modifiedAt()));
    xml.append("<summary>%s</summary>\n".formatted(Markup.escape(bookmark.description())));
    for (Tag tag : slice.tags().of(bookmark.owner()).resolve(bookmark.tags())) {
      xml.append("<category term=\"%s\"/>\n".formatted(Markup.escape(tag.name())));
    }
    return xml.append("</entry>\n").toString();
  }
}

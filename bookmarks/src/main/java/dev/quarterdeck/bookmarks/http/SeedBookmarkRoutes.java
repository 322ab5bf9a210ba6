package dev.quarterdeck.bookmarks.http;

import dev.quarterdeck.bookmarks.Bookmark;
import dev.quarterdeck.bookmarks.BookmarkDraft;
import dev.quarterdeck.bookmarks.BookmarkLists.Sort;
import dev.quarterdeck.bookmarks.BookmarkRules;
import dev.quarterdeck.bookmarks.BookmarkSearch;
import dev.quarterdeck.bookmarks.BookmarksSlice;
import dev.quarterdeck.bookmarks.Status;
import dev.quarterdeck.http.Request;
import dev.quarterdeck.http.Response;
import dev.quarterdeck.http.Route;
import dev.quarterdeck.http.Route.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// `/api/bookmarks` of the seed.
final class SeedBookmarkRoutes {
  private static final String ROOT = "/api/bookmarks";
  private static final String ONE = ROOT + "/{bookmark_id}";
  private static final int TITLE_MAX = 256;
  private static final int DESCRIPTION_MAX = 2_048;
  private static final int SEARCH_LIMIT = 20;
  private static final Set<Status> SEARCHED = Set.of(Status.ACTIVE, Status.ARCHIVED);

  private final BookmarksSlice slice;

  SeedBookmarkRoutes(BookmarksSlice slice) {
    this.slice = slice;
  }

  List<Route> routes() {
    return List.of(
        row(Method.GET, ROOT, "Lists bookmarks, the newest first.", this::list)
            .schemas("", "SeedBookmarks"),
        row(Method.POST, ROOT, "Makes a bookmark.", this::create)
            .schemas("SeedBookmarkRequest", "SeedBookmark")
            .successStatus(201),
        row(Method.GET, ROOT + "/search", "Finds bookmarks that match.", this::search)
            .schemas("", "SeedResults"),
        row(Method.DELETE, ROOT + "/trash", "Deletes for ever what is in the trash.", this::empty)
            .schemas("", "SeedDeleted"),
        row(Method.GET, ONE, "A bookmark.", this::get).schemas("", "SeedBookmark"),
        row(Method.PUT, ONE, "Changes the fields that are given.", this::update)
            .schemas("SeedBookmarkRequest", "SeedBookmark"),
        row(Method.DELETE, ONE, "Moves a bookmark to the trash.", this::trash).successStatus(204),
        row(Method.POST, ONE + "/archive", "Moves a bookmark to the archive.", this::archive)
            .schemas("", "SeedBookmark"),
        row(Method.POST, ONE + "/restore", "Moves a bookmark back to the lists.", this::restore)
            .schemas("", "SeedBookmark"),
        row(Method.POST, ONE + "/untrash", "Moves a bookmark out of the trash.", this::untrash)
            .schemas("", "SeedBookmark"));
  }

  private static Route row(Method method, String path, String summary, Route.Handler handler) {
    return SeedRoutes.row(method, path, summary, handler);
  }

  private Response list(Request request) {
    String owner = Callers.reader(request);
    int perPage = SeedInput.perPage(request, slice.settings());
    int page = SeedInput.number(request, "page", 1, Integer.MAX_VALUE);
    Status status = status(request);
    List<Bookmark> found =
        slice
            .lists()
            .at(
                owner,
                status,
                Sort.ADDED_DESCENDING,
                (page - 1L) * perPage,
                perPage,
                request::checkpoint);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("bookmarks", SeedViews.of(found, slice.tags().of(owner)));
    body.put("total", slice.lists().total(owner, status));
    body.put("page", page);
    body.put("per_page", perPage);
    return Response.json(body);
  }

  private static Status status(Request request) {
    String label = request.query("status").orElse(Status.ACTIVE.label());
    return Status.of(label)
        .orElseThrow(
            () ->
                SeedInput.bad(
                    "status_invalid",
                    "status: %s (expected: active, archived or trashed)"
                        .formatted(SeedInput.shown(label))));
  }

  private Response create(Request request) {
    String owner = Callers.writer(request);
    SeedInput body = SeedInput.of(request);
    BookmarkDraft draft = BookmarkDraft.of(url(body)).title(title(body));
    draft.description(description(body).orElse(""));
    List<String> tags = body.texts("tags").orElse(List.of());
    draft.tags(SeedTags.ids(slice.tags(), owner, tags));
    Bookmark made = slice.bookmarks().create(owner, draft);
    slice.pages().wanted(made);
    return Response.json(201, view(owner, made));
  }

  private static String url(SeedInput body) {
    String url = body.required("url", "Invalid URL format").strip();
    if (!BookmarkRules.isWebUrl(url)) {
      throw SeedInput.bad("url_invalid", "Invalid URL format");
    }
    return url;
  }

  private static String title(SeedInput body) {
    String title = body.required("title", "Title is required").strip();
    if (title.codePointCount(0, title.length()) > TITLE_MAX) {
      throw SeedInput.bad("title_invalid", "Title must be 256 characters or fewer");
    }
    return title;
  }

  private static Optional<String> description(SeedInput body) {
    Optional<String> description = body.optional("description");
    if (description
        .filter(text -> text.codePointCount(0, text.length()) > DESCRIPTION_MAX)
        .isPresent()) {
      throw SeedInput.bad("description_invalid", "Description must be 2048 characters or fewer");
    }
    return description;
  }

  private Response search(Request request) {
    String owner = Callers.reader(request);
    int limit = SeedInput.number(request, "limit", SEARCH_LIMIT, slice.settings().maxPageSize());
    String query = request.query("q").orElse("").strip();
    BookmarkSearch.Found found =
        query.isEmpty()
            ? new BookmarkSearch.Found(List.of(), 0)
            : slice
                .search()
                .find(
                    new BookmarkSearch.Request(
                        owner, query, SEARCHED, BookmarkSearch.Order.RELEVANCE, 0, limit));
    List<Bookmark> bookmarks =
        slice.bookmarks().findAll(owner, found.ids()).stream()
            .filter(bookmark -> !bookmark.trashed())
            .toList();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("results", SeedViews.of(bookmarks, slice.tags().of(owner)));
    body.put("count", bookmarks.size());
    body.put("total", Math.max(found.total(), bookmarks.size()));
    return Response.json(body);
  }

  private Response get(Request request) {
    String owner = Callers.reader(request);
    return answer(owner, slice.bookmarks().get(owner, id(request)));
  }

  private Response update(Request request) {
    String owner = Callers.writer(request);
    Bookmark present = slice.bookmarks().get(owner, id(request));
    SeedInput body = SeedInput.of(request);
    Optional<String> url = body.has("url") ? Optional.of(url(body)) : Optional.empty();
    Optional<String> title = body.has("title") ? Optional.of(title(body)) : Optional.empty();
    Optional<String> description = description(body);
    Optional<List<String>> tags =
        body.texts("tags").map(given -> SeedTags.ids(slice.tags(), owner, given));
    Bookmark changed =
        slice
            .bookmarks()
            .update(
                owner,
                present.id(),
                OptionalLong.empty(),
                draft -> {
                  url.ifPresent(draft::url);
                  title.ifPresent(draft::title);
                  description.ifPresent(draft::description);
                  tags.ifPresent(draft::tags);
                });
    return answer(owner, changed);
  }

  private Response trash(Request request) {
    String owner = Callers.writer(request);
    var unused = slice.bookmarks().trash(owner, id(request), OptionalLong.empty());
    return Response.noContent();
  }

  private Response archive(Request request) {
    String owner = Callers.writer(request);
    return answer(owner, slice.bookmarks().archive(owner, id(request)));
  }

  private Response restore(Request request) {
    String owner = Callers.writer(request);
    return answer(owner, slice.bookmarks().restore(owner, id(request)));
  }

  private Response untrash(Request request) {
    String owner = Callers.writer(request);
    return answer(owner, slice.bookmarks().untrash(owner, id(request)));
  }

  private Response empty(Request request) {
    String owner = Callers.writer(request);
    return Response.json(Map.of("deleted", slice.emptyTrash(owner, request::checkpoint)));
  }

  private Response answer(String owner, Bookmark bookmark) {
    return Response.json(view(owner, bookmark));
  }

  private SeedViews.BookmarkView view(String owner, Bookmark bookmark) {
    return SeedViews.of(bookmark, slice.tags().of(owner));
  }

  private static String id(Request request) {
    return request.pathValue("bookmark_id");
  }
}

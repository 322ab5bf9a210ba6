package dev.quarterdeck.bookmarks.http;

import dev.quarterdeck.bookmarks.Bookmark;
import dev.quarterdeck.bookmarks.BookmarkDraft;
import dev.quarterdeck.bookmarks.BookmarksSlice;
import dev.quarterdeck.bookmarks.Status;
import dev.quarterdeck.http.BodyFields;
import dev.quarterdeck.http.Json;
import dev.quarterdeck.http.Request;
import dev.quarterdeck.http.Response;
import dev.quarterdeck.http.Route;
import dev.quarterdeck.http.Route.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// One bookmark of our own API, and its moves.
final class V1BookmarkRoutes {
  private static final String ONE = "/{bookmark_id}";

  private final BookmarksSlice slice;
  private final V1Views views;

  V1BookmarkRoutes(BookmarksSlice slice) {
    this.slice = slice;
    this.views = new V1Views(slice.tags(), slice.clock());
  }

  List<Route> routes() {
    return List.of(
        V1.row(Method.POST, "", "Makes a bookmark.", this::create)
            .schemas("BookmarkCreate", "Bookmark")
            .successStatus(201),
        V1.row(Method.DELETE, "/trash", "Deletes for ever what is in the trash.", this::empty)
            .schemas("", "BookmarkTrashEmptied"),
        V1.row(Method.GET, ONE, "A bookmark.", this::get).schemas("", "Bookmark"),
        V1.row(
                Method.PATCH,
                ONE,
                "Changes the fields that are given; If-Match names the version read.",
                this::patch)
            .schemas("BookmarkPatch", "Bookmark"),
        V1.row(
                Method.DELETE,
                ONE,
                "Moves a bookmark to the trash; with permanent=true deletes it for ever.",
                this::delete)
            .successStatus(204),
        V1.row(Method.POST, ONE + "/archive", "Moves a bookmark to the archive.", this::archive)
            .schemas("", "Bookmark"),
        V1.row(Method.POST, ONE + "/restore", "Moves a bookmark to the lists.", this::restore)
            .schemas("", "Bookmark"),
        V1.row(Method.POST, ONE + "/untrash", "Moves it out of the trash.", this::untrash)
            .schemas("", "Bookmark"));
  }

  private Response create(Request request) {
    String owner = Callers.writer(request);
    Optional<String> key = V1.key(request);
    BodyFields fields = BodyFields.of(request);
    V1Body body = V1Body.create(fields);
    BookmarkDraft draft = BookmarkDraft.of(body.url());
    body.checked(slice.tags(), owner).accept(draft);
    key.ifPresent(name -> draft.request(name, Json.text(request.json())));
    Bookmark made = slice.bookmarks().create(owner, draft);
    slice.pages().wanted(made);
    return answer(made).status(201).header("Location", V1.ROOT + "/" + made.id());
  }

  private Response get(Request request) {
    String owner = Callers.reader(request);
    Bookmark bookmark = slice.bookmarks().get(owner, id(request));
    return V1.unchanged(request, bookmark.version())
        ? V1.notModified(bookmark.version())
        : answer(bookmark);
  }

  private Response patch(Request request) {
    String owner = Callers.writer(request);
    Bookmark present = slice.bookmarks().get(owner, id(request));
    OptionalLong expected = V1.ifMatch(request, true);
    Consumer<BookmarkDraft> change =
        V1Body.patch(BodyFields.of(request)).checked(slice.tags(), owner);
    return answer(
        V1.guarded(() -> slice.bookmarks().update(owner, present.id(), expected, change)));
  }

  private Response delete(Request request) {
    String owner = Callers.writer(request);
    String id = slice.bookmarks().get(owner, id(request)).id();
    OptionalLong expected = V1.ifMatch(request, false);
    String permanent = request.query("permanent").orElse("false");
    switch (permanent) {
      case "true" ->
          V1.guarded(
              () -> {
                slice.bookmarks().deleteForEver(owner, id, expected);
                return id;
              });
      case "false" -> V1.guarded(() -> slice.bookmarks().trash(owner, id, expected));
      default ->
          throw V1.invalid("query", "permanent", "Input should be true or false", "bool_parsing");
    }
    return Response.noContent();
  }

  private Response archive(Request request) {
    return moved(
        request,
        draft -> {
          if (draft.status() == Status.TRASHED) {
            draft.untrash();
          }
          draft.status(Status.ARCHIVED);
        });
  }

  private Response restore(Request request) {
    return moved(request, draft -> draft.status(Status.ACTIVE));
  }

  private Response untrash(Request request) {
    return moved(request, BookmarkDraft::untrash);
  }

  private Response moved(Request request, Consumer<BookmarkDraft> move) {
    String owner = Callers.writer(request);
    String id = id(request);
    OptionalLong expected = V1.ifMatch(request, false);
    return answer(V1.guarded(() -> slice.bookmarks().update(owner, id, expected, move)));
  }

  private Response empty(Request request) {
    String owner = Callers.writer(request);
    return Response.json(Map.of("deleted", slice.emptyTrash(owner, request::checkpoint)));
  }

  private Response answer(Bookmark bookmark) {
    return Response.json(views.own(bookmark)).header("ETag", V1.etag(bookmark.version()));
  }

  private static String id(Request request) {
    return request.pathValue("bookmark_id");
  }
}

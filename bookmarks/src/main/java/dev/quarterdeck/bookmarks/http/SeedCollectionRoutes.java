package dev.quarterdeck.bookmarks.http;

import dev.quarterdeck.bookmarks.Bookmark;
import dev.quarterdeck.bookmarks.BookmarkCollection;
import dev.quarterdeck.bookmarks.BookmarkCollections.Edit;
import dev.quarterdeck.bookmarks.BookmarkSearch;
import dev.quarterdeck.bookmarks.BookmarksSlice;
import dev.quarterdeck.bookmarks.Status;
import dev.quarterdeck.http.Request;
import dev.quarterdeck.http.Response;
import dev.quarterdeck.http.Route;
import dev.quarterdeck.http.Route.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// `/api/collections` of the seed.
final class SeedCollectionRoutes {
  private static final String ROOT = "/api/collections";
  private static final String ONE = ROOT + "/{collection_id}";
  private static final String MEMBERS = ONE + "/bookmarks";
  private static final int SMART_SHOWN = 1_000;

  private final BookmarksSlice slice;

  SeedCollectionRoutes(BookmarksSlice slice) {
    this.slice = slice;
  }

  List<Route> routes() {
    return List.of(
        row(Method.GET, ROOT, "All collections, pinned ones first.", this::list)
            .schemas("", "SeedCollections"),
        row(Method.POST, ROOT, "Makes a collection.", this::create)
            .schemas("SeedCollectionRequest", "SeedCollection")
            .successStatus(201),
        row(Method.GET, ONE, "A collection with its bookmarks.", this::get)
            .schemas("", "SeedCollection"),
        row(Method.PUT, ONE, "Changes the fields that are given.", this::update)
            .schemas("SeedCollectionRequest", "SeedCollection"),
        row(Method.DELETE, ONE, "Removes a collection; its bookmarks stay.", this::delete)
            .successStatus(204),
        row(Method.PUT, MEMBERS, "Puts a bookmark at the end.", this::add)
            .schemas("SeedMemberRequest", "")
            .successStatus(204),
        row(Method.DELETE, MEMBERS + "/{bookmark_id}", "Takes a bookmark out.", this::remove)
            .successStatus(204),
        row(Method.PUT, ONE + "/order", "Puts the bookmarks in another order.", this::reorder)
            .schemas("SeedOrderRequest", "SeedCollection"),
        row(Method.POST, ONE + "/pin", "Puts a collection before the others.", this::pin)
            .schemas("", "SeedCollection"),
        row(Method.POST, ONE + "/unpin", "Puts a collection back among the others.", this::unpin)
            .schemas("", "SeedCollection"));
  }

  private static Route row(Method method, String path, String summary, Route.Handler handler) {
    return SeedRoutes.row(method, path, summary, handler);
  }

  private Response list(Request request) {
    String owner = Callers.reader(request);
    return Response.json(
        Map.of("collections", slice.collections().of(owner).stream().map(this::view).toList()));
  }

  private Response create(Request request) {
    String owner = Callers.writer(request);
    SeedInput body = SeedInput.of(request);
    String name = name(body);
    BookmarkCollection.Type type =
        body.optional("type")
            .map(SeedCollectionRoutes::type)
            .orElse(BookmarkCollection.Type.MANUAL);
    String rule = body.optional("filter_rule").orElse("");
    return Response.json(201, view(slice.collections().create(owner, name, type, rule)));
  }

  private Response get(Request request) {
    String owner = Callers.reader(request);
    return Response.json(view(slice.collections().get(owner, id(request))));
  }

  private Response update(Request request) {
    String owner = Callers.writer(request);
    BookmarkCollection present = slice.collections().get(owner, id(request));
    SeedInput body = SeedInput.of(request);
    Optional<String> type = body.optional("type");
    if (type.filter(label -> !type(label).equals(present.type())).isPresent()) {
      throw SeedInput.bad("type_invalid", "type: cannot change (expected: make a new collection)");
    }
    Optional<String> name = body.has("name") ? Optional.of(name(body)) : Optional.empty();
    Edit edit =
        new Edit(name, body.optional("filter_rule"), body.bool("is_pinned"), Optional.empty());
    return edited(owner, present.id(), edit);
  }

  private Response delete(Request request) {
    String owner = Callers.writer(request);
    slice.collections().delete(owner, id(request), OptionalLong.empty());
    return Response.noContent();
  }

  private Response add(Request request) {
    String owner = Callers.writer(request);
    BookmarkCollection collection = slice.collections().get(owner, id(request));
    String member = SeedInput.of(request).required("bookmark_id", "bookmark_id is required");
    Bookmark bookmark = slice.bookmarks().get(owner, member);
    var unused = slice.collections().add(owner, collection.id(), bookmark.id());
    return Response.noContent();
  }

  private Response remove(Request request) {
    String owner = Callers.writer(request);
    var unused = slice.collections().remove(owner, id(request), request.pathValue("bookmark_id"));
    return Response.noContent();
  }

  private Response reorder(Request request) {
    String owner = Callers.writer(request);
    BookmarkCollection collection = slice.collections().get(owner, id(request));
    List<String> order =
        SeedInput.of(request)
            .texts("bookmark_ids")
            .orElseThrow(() -> SeedInput.bad("bookmark_ids_invalid", "bookmark_ids is required"));
    return Response.json(
        view(slice.collections().reorder(owner, collection.id(), order, visible(collection))));
  }

  private Response pin(Request request) {
    return pinned(request, true);
  }

  private Response unpin(Request request) {
    return pinned(request, false);
  }

  private Response pinned(Request request, boolean pinned) {
    Edit edit = new Edit(Optional.empty(), Optional.empty(), Optional.of(pinned), Optional.empty());
    return edited(Callers.writer(request), id(request), edit);
  }

  private Response edited(String owner, String id, Edit edit) {
    return Response.json(view(slice.collections().update(owner, id, OptionalLong.empty(), edit)));
  }

  private SeedViews.CollectionView view(BookmarkCollection collection) {
    return switch (collection.type()) {
      case MANUAL -> {
        List<String> ids = visible(collection);
        yield SeedViews.of(collection, ids, ids.size());
      }
      case SMART -> {
        BookmarkSearch.Found found =
            slice
                .search()
                .find(
                    new BookmarkSearch.Request(
                        collection.owner(),
                        collection.filterRule(),
                        Set.of(Status.ACTIVE, Status.ARCHIVED),
                        BookmarkSearch.Order.ADDED_DESCENDING,
                        0,
                        SMART_SHOWN));
        yield SeedViews.of(collection, found.ids(), found.total());
      }
    };
  }

  /// The members that are neither in the trash nor gone.
  private List<String> visible(BookmarkCollection collection) {
    return slice.bookmarks().findAll(collection.owner(), collection.bookmarkIds()).stream()
        .filter(bookmark -> !bookmark.trashed())
        .map(Bookmark::id)
        .toList();
  }

  private static String name(SeedInput body) {
    return body.required("name", "Collection name is required").strip();
  }

  private static BookmarkCollection.Type type(String label) {
    return BookmarkCollection.Type.of(label)
        .orElseThrow(
            () ->
                SeedInput.bad(
                    "type_invalid",
                    "type: %s (expected: manual or smart)".formatted(SeedInput.shown(label))));
  }

  private static String id(Request request) {
    return request.pathValue("collection_id");
  }
}

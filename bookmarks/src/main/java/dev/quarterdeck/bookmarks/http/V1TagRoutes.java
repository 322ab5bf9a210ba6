package dev.quarterdeck.bookmarks.http;

import dev.quarterdeck.bookmarks.BookmarkRules;
import dev.quarterdeck.bookmarks.BookmarksSlice;
import dev.quarterdeck.bookmarks.Tag;
import dev.quarterdeck.bookmarks.TagBook;
import dev.quarterdeck.bookmarks.TagColor;
import dev.quarterdeck.bookmarks.Tags;
import dev.quarterdeck.http.BodyFields;
import dev.quarterdeck.http.Request;
import dev.quarterdeck.http.Response;
import dev.quarterdeck.http.Route;
import dev.quarterdeck.http.Route.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Tags of our own API: nested, renamed with what lies below, merged.
final class V1TagRoutes {
  private static final String ONE = "/tags/{tag_id}";

  private final BookmarksSlice slice;

  V1TagRoutes(BookmarksSlice slice) {
    this.slice = slice;
  }

  List<Route> routes() {
    return List.of(
        V1.row(Method.GET, "/tags", "All tags by name, or those below a name.", this::list)
            .schemas("", "BookmarkTags"),
        V1.row(Method.POST, "/tags", "Makes a tag.", this::create)
            .schemas("BookmarkTagCreate", "BookmarkTag")
            .successStatus(201),
        V1.row(
                Method.PATCH,
                ONE,
                "Changes a tag; a new name moves the tags below it too, unless nested is false.",
                this::patch)
            .schemas("BookmarkTagPatch", "BookmarkTag"),
        V1.row(Method.DELETE, ONE, "Removes a tag, from every bookmark too.", this::delete)
            .successStatus(204),
        V1.row(
                Method.POST,
                ONE + "/merge",
                "Replaces a tag by another on every bookmark.",
                this::merge)
            .schemas("BookmarkTagMerge", "BookmarkTag"));
  }

  private Response list(Request request) {
    String owner = Callers.reader(request);
    Map<String, Long> usage = slice.usage(owner);
    String below = request.query("below").map(name -> Tags.fold(name) + "/").orElse("");
    return Response.json(
        Map.of(
            "tags",
            slice.tags().of(owner).tags().stream()
                .filter(tag -> Tags.fold(tag.name()).startsWith(below))
                .map(tag -> V1Views.of(tag, usage.getOrDefault(tag.id(), 0L)))
                .toList()));
  }

  private Response create(Request request) {
    String owner = Callers.writer(request);
    BodyFields body = BodyFields.of(request);
    String name = body.string("name", 1, BookmarkRules.TAG_NAME_MAX);
    TagColor color = color(body).orElse(TagColor.GRAY);
    String description = body.string("description", 0, BookmarkRules.TAG_DESCRIPTION_MAX, "");
    body.check();
    return Response.json(201, V1Views.of(slice.tags().create(owner, name, color, description), 0));
  }

  private Response patch(Request request) {
    String owner = Callers.writer(request);
    Tag before = slice.tags().get(owner, request.pathValue("tag_id"));
    BodyFields body = BodyFields.of(request);
    Optional<String> name =
        body.has("name")
            ? Optional.of(body.string("name", 1, BookmarkRules.TAG_NAME_MAX))
            : Optional.empty();
    Optional<TagColor> color = color(body);
    Optional<String> description =
        body.optionalString("description", BookmarkRules.TAG_DESCRIPTION_MAX);
    boolean nested = body.bool("nested", true);
    body.check();
    if (nested && name.isPresent()) {
      slice.tags().checkNested(owner, before, name.get());
    }
    Tags.Edit edit = new Tags.Edit(name, color, description);
    Tag after = slice.tags().update(owner, before.id(), OptionalLong.empty(), edit);
    if (nested && name.isPresent()) {
      slice.tags().renameNested(owner, before.name(), after.name());
    }
    return shown(owner, after);
  }

  private Response delete(Request request) {
    slice.tags().delete(Callers.writer(request), request.pathValue("tag_id"));
    return Response.noContent();
  }

  private Response merge(Request request) {
    String owner = Callers.writer(request);
    TagBook book = slice.tags().of(owner);
    Tag from = slice.tags().get(owner, request.pathValue("tag_id"));
    BodyFields body = BodyFields.of(request);
    String into = body.string("into", 1, BookmarkRules.TAG_NAME_MAX);
    body.check();
    String target = book.find(into).or(() -> book.named(into)).map(Tag::id).orElse(into);
    return shown(owner, slice.tags().merge(owner, from.id(), target));
  }

  private Response shown(String owner, Tag tag) {
    return Response.json(V1Views.of(tag, slice.usage(owner).getOrDefault(tag.id(), 0L)));
  }

  private static Optional<TagColor> color(BodyFields body) {
    return body.has("color")
        ? TagColor.of(body.choice("color", TagColor.labels(), "gray"))
        : Optional.empty();
  }
}

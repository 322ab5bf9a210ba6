package dev.quarterdeck.bookmarks.http;

import dev.quarterdeck.bookmarks.BookmarksSlice;
import dev.quarterdeck.bookmarks.Tag;
import dev.quarterdeck.bookmarks.TagColor;
import dev.quarterdeck.bookmarks.Tags;
import dev.quarterdeck.http.Request;
import dev.quarterdeck.http.Response;
import dev.quarterdeck.http.Route;
import dev.quarterdeck.http.Route.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// `/api/tags` of the seed.
final class SeedTagRoutes {
  private static final String ROOT = "/api/tags";
  private static final String ONE = ROOT + "/{tag_id}";

  private final BookmarksSlice slice;

  SeedTagRoutes(BookmarksSlice slice) {
    this.slice = slice;
  }

  List<Route> routes() {
    return List.of(
        SeedRoutes.row(Method.GET, ROOT, "All tags, by name.", this::list).schemas("", "SeedTags"),
        SeedRoutes.row(Method.POST, ROOT, "Makes a tag.", this::create)
            .schemas("SeedTagRequest", "SeedTag")
            .successStatus(201),
        SeedRoutes.row(Method.PUT, ONE, "Changes the fields that are given.", this::update)
            .schemas("SeedTagRequest", "SeedTag"),
        SeedRoutes.row(Method.DELETE, ONE, "Removes a tag, from every bookmark too.", this::delete)
            .successStatus(204));
  }

  private Response list(Request request) {
    String owner = Callers.reader(request);
    Map<String, Long> usage = slice.usage(owner);
    List<SeedViews.TagView> tags =
        slice.tags().of(owner).tags().stream()
            .map(tag -> SeedViews.of(tag, usage.getOrDefault(tag.id(), 0L)))
            .toList();
    return Response.json(Map.of("tags", tags));
  }

  private Response create(Request request) {
    String owner = Callers.writer(request);
    SeedInput body = SeedInput.of(request);
    String name = name(body);
    TagColor color = color(body).orElse(TagColor.GRAY);
    String description = body.optional("description").orElse("");
    Tag tag = slice.tags().create(owner, name, color, description);
    return Response.json(201, SeedViews.of(tag, 0));
  }

  private Response update(Request request) {
    String owner = Callers.writer(request);
    Tag present = slice.tags().get(owner, request.pathValue("tag_id"));
    SeedInput body = SeedInput.of(request);
    Optional<String> name = body.has("name") ? Optional.of(name(body)) : Optional.empty();
    Tags.Edit edit = new Tags.Edit(name, color(body), body.optional("description"));
    Tag tag = slice.tags().update(owner, present.id(), OptionalLong.empty(), edit);
    return Response.json(SeedViews.of(tag, slice.usage(owner).getOrDefault(tag.id(), 0L)));
  }

  private Response delete(Request request) {
    slice.tags().delete(Callers.writer(request), request.pathValue("tag_id"));
    return Response.noContent();
  }

  private static String name(SeedInput body) {
    String name = body.required("name", "Tag name is required").strip();
    SeedTags.checkName(name);
    return name;
  }

  private static Optional<TagColor> color(SeedInput body) {
    return body.optional("color")
        .map(
            label ->
                TagColor.of(label)
                    .orElseThrow(
                        () ->
                            SeedInput.bad(
                                "color_invalid",
                                "color: %s (expected: one of %s)"
                                    .formatted(
                                        SeedInput.shown(label),
                                        String.join(", ", TagColor.labels())))));
  }
}

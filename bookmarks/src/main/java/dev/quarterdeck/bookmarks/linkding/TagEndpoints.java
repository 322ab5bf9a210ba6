package dev.quarterdeck.bookmarks.linkding;

import dev.quarterdeck.bookmarks.BookmarksSlice;
import dev.quarterdeck.bookmarks.Tag;
import dev.quarterdeck.bookmarks.Tags;
import dev.quarterdeck.http.Request;
import dev.quarterdeck.http.Response;
import dev.quarterdeck.http.Route;
import dev.quarterdeck.http.Route.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Tags the way linkding shows them.
final class TagEndpoints {
  private final Tags tags;

  TagEndpoints(BookmarksSlice slice) {
    this.tags = slice.tags();
  }

  List<Route> routes() {
    return List.of(
        Rows.of(Method.GET, "/tags/", "Lists tags by name.", this::list),
        Rows.of(Method.POST, "/tags/", "Makes a tag, or answers the one of the name.", this::create)
            .successStatus(201),
        Rows.of(Method.GET, "/tags/{id}/", "A tag.", this::get),
        Rows.of(Method.DELETE, "/tags/{id}/", "Takes a tag off all bookmarks.", this::delete)
            .successStatus(204));
  }

  private Response list(Request request) {
    List<Tag> all = tags.of(LinkdingProblems.reader(request)).tags();
    Paging paging = Paging.of(request);
    return paging.response(all.size(), paging.part(all).stream().map(TagEndpoints::view).toList());
  }

  private Response create(Request request) {
    String owner = LinkdingProblems.writer(request);
    Fields fields = Fields.of(request);
    String name = fields.text("name", Integer.MAX_VALUE, true).map(TagWords::word).orElse("");
    String wrong = name.isEmpty() ? "" : TagWords.problem(name);
    if (!wrong.isEmpty()) {
      fields.wrong("name", wrong);
    }
    fields.check();
    Tag tag =
        TagWords.find(tags.of(owner), name)
            .orElseGet(() -> tags.ensure(owner, List.of(name)).getFirst());
    return Response.json(201, view(tag));
  }

  private Response get(Request request) {
    return Response.json(view(tag(request, LinkdingProblems.reader(request))));
  }

  private Response delete(Request request) {
    String owner = LinkdingProblems.writer(request);
    tags.delete(owner, tag(request, owner).id());
    return Response.noContent();
  }

  private Tag tag(Request request, String owner) {
    int number = LinkdingProblems.number(request, "id");
    return tags.of(owner).tags().stream()
        .filter(tag -> tag.number() == number)
        .findFirst()
        .orElseThrow(() -> LinkdingProblems.missing("Tag"));
  }

  private static Map<String, Object> view(Tag tag) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("id", tag.number());
    shown.put("name", TagWords.word(tag.name()));
    shown.put("date_added", BookmarkView.time(tag.createdAt()));
    return shown;
  }
}

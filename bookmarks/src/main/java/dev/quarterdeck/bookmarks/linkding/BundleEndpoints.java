package dev.quarterdeck.bookmarks.linkding;

import dev.quarterdeck.http.Request;
import dev.quarterdeck.http.Response;
import dev.quarterdeck.http.Route;
import dev.quarterdeck.http.Route.Method;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Bundles: saved searches of linkding.
final class BundleEndpoints {
  private static final String ONE = "/bundles/{id}/";
  private static final int TEXT_MAX = 256;
  private static final int TAGS_MAX = 1024;
  private static final Set<String> CHOICES = Set.of("off", "yes", "no");

  private final Bundles bundles;
  private final InstantSource clock;

  BundleEndpoints(Bundles bundles, InstantSource clock) {
    this.bundles = bundles;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Rows.of(Method.GET, "/bundles/", "Lists bundles.", this::list),
        Rows.of(Method.POST, "/bundles/", "Makes a bundle.", this::create).successStatus(201),
        Rows.of(Method.GET, ONE, "A bundle.", this::get),
        Rows.of(Method.PUT, ONE, "Changes a bundle; needs name.", r -> change(r, true)),
        Rows.of(Method.PATCH, ONE, "Changes a bundle.", r -> change(r, false)),
        Rows.of(Method.DELETE, ONE, "Deletes a bundle.", this::delete).successStatus(204));
  }

  private Response list(Request request) {
    List<Bundle> all = bundles.all(LinkdingProblems.reader(request));
    Paging paging = Paging.of(request);
    return paging.response(all.size(), paging.part(all).stream().map(Bundle::view).toList());
  }

  private Response create(Request request) {
    String owner = LinkdingProblems.writer(request);
    Input input = Input.read(request, true);
    Instant now = clock.instant();
    Bundle made =
        bundles.add(
            owner,
            (id, place) ->
                input.on(new Bundle(id, "", "", "", "", "", "off", "off", place, now, now), now));
    return Response.json(201, made.view());
  }

  private Response get(Request request) {
    String owner = LinkdingProblems.reader(request);
    return Response.json(
        bundles
            .find(owner, LinkdingProblems.number(request, "id"))
            .orElseThrow(BundleEndpoints::missing)
            .view());
  }

  private Response change(Request request, boolean whole) {
    String owner = LinkdingProblems.writer(request);
    int id = LinkdingProblems.number(request, "id");
    if (bundles.find(owner, id).isEmpty()) {
      throw missing();
    }
    Input input = Input.read(request, whole);
    return Response.json(
        bundles
            .change(owner, id, before -> input.on(before, clock.instant()))
            .orElseThrow(BundleEndpoints::missing)
            .view());
  }

  private Response delete(Request request) {
    String owner = LinkdingProblems.writer(request);
    if (!bundles.delete(owner, LinkdingProblems.number(request, "id"))) {
      throw missing();
    }
    return Response.noContent();
  }

  private static RuntimeException missing() {
    return LinkdingProblems.missing("BookmarkBundle");
  }

  /// The fields of a body; absent ones are empty.
  private record Input(
      Optional<String> name,
      Optional<String> search,
      Optional<String> anyTags,
      Optional<String> allTags,
      Optional<String> excludedTags,
      Optional<String> filterUnread,
      Optional<String> filterShared,
      Optional<Integer> order) {

    static Input read(Request request, boolean needsName) {
      Fields fields = Fields.of(request);
      Input input =
          new Input(
              fields.text("name", TEXT_MAX, needsName || fields.has("name")),
              fields.text("search", TEXT_MAX, false),
              fields.text("any_tags", TAGS_MAX, false),
              fields.text("all_tags", TAGS_MAX, false),
              fields.text("excluded_tags", TAGS_MAX, false),
              choice(fields, "filter_unread"),
              choice(fields, "filter_shared"),
              fields.number("order"));
      fields.check();
      return input;
    }

    private static Optional<String> choice(Fields fields, String name) {
      Optional<String> value = fields.text(name, TEXT_MAX, false);
      if (value.isPresent() && !CHOICES.contains(value.get())) {
        fields.wrong(name, "\"%s\" is not a valid choice.".formatted(value.get()));
      }
      return value;
    }

    Bundle on(Bundle before, Instant now) {
      return new Bundle(
          before.id(),
          name.orElse(before.name()),
          search.orElse(before.search()),
          anyTags.orElse(before.anyTags()),
          allTags.orElse(before.allTags()),
          excludedTags.orElse(before.excludedTags()),
          filterUnread.orElse(before.filterUnread()),
          filterShared.orElse(before.filterShared()),
          order.orElse(before.order()),
          before.dateCreated(),
          now);
    }
  }
}

package dev.quarterdeck.bookmarks.linkding;

import dev.quarterdeck.bookmarks.Bookmark;
import dev.quarterdeck.bookmarks.BookmarkRules;
import dev.quarterdeck.bookmarks.Bookmarks;
import dev.quarterdeck.bookmarks.BookmarksSlice;
import dev.quarterdeck.bookmarks.PageMetadata;
import dev.quarterdeck.bookmarks.Status;
import dev.quarterdeck.http.Request;
import dev.quarterdeck.http.Response;
import dev.quarterdeck.http.Route;
import dev.quarterdeck.http.Route.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Lists of bookmarks, and the question whether a URL is there.
final class ListEndpoints {
  private static final String[] KEPT = {
    "q", "sort", "unread", "shared", "bundle", "modified_since", "added_since"
  };

  private final Bookmarks bookmarks;
  private final Finder finder;
  private final BookmarkView view;
  private final PageLookup pages;
  private final Members members;

  ListEndpoints(
      BookmarksSlice slice, Finder finder, TagWords tags, PageLookup pages, Members members) {
    this.bookmarks = slice.bookmarks();
    this.finder = finder;
    this.view = new BookmarkView(tags);
    this.pages = pages;
    this.members = members;
  }

  List<Route> routes() {
    return List.of(
        Rows.of(
            Method.GET, "/bookmarks/", "Lists bookmarks.", request -> list(request, Status.ACTIVE)),
        Rows.of(
            Method.GET,
            "/bookmarks/archived/",
            "Lists archived bookmarks.",
            request -> list(request, Status.ARCHIVED)),
        Rows.of(Method.GET, "/bookmarks/shared/", "Lists shared bookmarks.", this::shared)
            .access(Route.Access.OPEN),
        Rows.of(
            Method.GET,
            "/bookmarks/check/",
            "Tells whether a URL is saved, and what its page says of itself.",
            this::check));
  }

  private Response list(Request request, Status status) {
    String owner = LinkdingProblems.reader(request);
    Paging paging = Paging.of(request, KEPT);
    return answer(paging, finder.own(request, owner, status, paging.limit(), paging.offset()));
  }

  private Response answer(Paging paging, Finder.Found found) {
    return paging.response(found.count(), found.bookmarks().stream().map(view::of).toList());
  }

  /// Whoever is not logged in sees nothing: what is shared here is shared with the team.
  private Response shared(Request request) {
    Paging paging = Paging.of(request, "q", "sort", "user", "modified_since", "added_since");
    if (request.caller().isEmpty()) {
      return answer(paging, Finder.Found.NOTHING);
    }
    LinkdingProblems.reader(request);
    Optional<String> user = request.query("user").filter(name -> !name.isBlank());
    Optional<String> owner = user.flatMap(members::idOf);
    if (user.isPresent() && owner.isEmpty()) {
      return answer(paging, Finder.Found.NOTHING);
    }
    return answer(paging, finder.shared(request, owner, paging.limit(), paging.offset()));
  }

  private Response check(Request request) {
    String owner = LinkdingProblems.reader(request);
    String url = request.query("url").orElse("").strip();
    if (url.isEmpty()) {
      throw LinkdingProblems.field("url", LinkdingProblems.REQUIRED);
    }
    Optional<Bookmark> there = bookmarks.findByUrl(owner, url);
    boolean fresh = truth(request, "ignore_cache");
    PageMetadata page = there.map(Bookmark::page).orElse(PageMetadata.NONE);
    if ((fresh || page.fetchedAt().isEmpty())
        && !truth(request, "disable_scraping")
        && BookmarkRules.isWebUrl(url)) {
      page = pages.of(url, fresh);
    }
    Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
    metadata.put("url", url);
    metadata.put("title", page.title().orElse(null));
    metadata.put("description", page.description().orElse(null));
    metadata.put("preview_image", page.previewImage().orElse(null));
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("bookmark", there.map(view::of).orElse(null));
    answer.put("metadata", metadata);
    answer.put("auto_tags", List.of());
    return Response.json(answer);
  }

  private static boolean truth(Request request, String name) {
    return request.query(name).filter(text -> text.equalsIgnoreCase("true")).isPresent();
  }
}

package dev.quarterdeck.bookmarks.linkding;

import dev.quarterdeck.bookmarks.Bookmark;
import dev.quarterdeck.bookmarks.BookmarkDraft;
import dev.quarterdeck.bookmarks.BookmarkRules;
import dev.quarterdeck.bookmarks.Bookmarks;
import dev.quarterdeck.bookmarks.BookmarksSlice;
import dev.quarterdeck.bookmarks.Status;
import dev.quarterdeck.bookmarks.Visibility;
import dev.quarterdeck.http.Request;
import dev.quarterdeck.http.Response;
import dev.quarterdeck.http.Route;
import dev.quarterdeck.http.Route.Method;
import dev.quarterdeck.runtime.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/// Makes, reads, changes and deletes bookmarks the way linkding does.
final class BookmarkEndpoints {
  private static final String ONE = "/bookmarks/{id}/";

  private final BookmarksSlice slice;
  private final Bookmarks bookmarks;
  private final TagWords tags;
  private final BookmarkView view;

  BookmarkEndpoints(BookmarksSlice slice, TagWords tags) {
    this.slice = slice;
    this.bookmarks = slice.bookmarks();
    this.tags = tags;
    this.view = new BookmarkView(tags);
  }

  List<Route> routes() {
    return List.of(
        Rows.of(Method.POST, "/bookmarks/", "Makes or overwrites a bookmark.", this::create)
            .successStatus(201),
        Rows.of(Method.GET, ONE, "A bookmark.", this::get),
        Rows.of(Method.PUT, ONE, "Changes a bookmark; needs url.", r -> change(r, true)),
        Rows.of(Method.PATCH, ONE, "Changes a bookmark.", r -> change(r, false)),
        Rows.of(Method.DELETE, ONE, "Moves a bookmark to the trash.", this::delete)
            .successStatus(204),
        Rows.of(Method.POST, ONE + "archive/", "Archives a bookmark.", this::archive)
            .successStatus(204),
        Rows.of(Method.POST, ONE + "unarchive/", "Takes a bookmark out of the archive.", this::back)
            .successStatus(204));
  }

  private Response create(Request request) {
    String owner = LinkdingProblems.writer(request);
    Input input = Input.read(request, true);
    List<String> tagIds = tags.ids(owner, input.tagNames().orElse(List.of()));
    Bookmark stored = saved(owner, input, tagIds);
    // Named in the query is enough, whatever its value.
    if (request.query("disable_scraping").isEmpty()) {
      slice.pages().wanted(stored);
    }
    return Response.json(201, view.of(stored));
  }

  /// A URL that is there already is overwritten. Two who make it at once: the second overwrites.
  private Bookmark saved(String owner, Input input, List<String> tagIds) {
    String url = input.url().orElseThrow();
    Optional<Bookmark> there = bookmarks.findByUrl(owner, url);
    if (there.isEmpty()) {
      BookmarkDraft draft = input.fill(BookmarkDraft.of(url)).tags(tagIds);
      input.archived().filter(yes -> yes).ifPresent(yes -> draft.status(Status.ARCHIVED));
      input.added().ifPresent(draft::createdAt);
      input.modified().ifPresent(draft::modifiedAt);
      try {
        return bookmarks.create(owner, draft);
      } catch (ProblemException refused) {
        if (!refused.problem().code().equals("bookmark_exists")) {
          throw refused;
        }
        there = bookmarks.findByUrl(owner, url);
      }
    }
    String id = there.orElseThrow(() -> LinkdingProblems.missing("Bookmark")).id();
    return bookmarks.update(
        owner,
        id,
        OptionalLong.empty(),
        draft -> {
          input.fill(draft).tags(tagIds);
          input.modified().ifPresent(draft::modifiedAt);
        });
  }

  private Response get(Request request) {
    return Response.json(view.of(bookmark(request, LinkdingProblems.reader(request))));
  }

  private Response change(Request request, boolean whole) {
    String owner = LinkdingProblems.writer(request);
    Bookmark stored = bookmark(request, owner);
    Input input = Input.read(request, whole);
    Optional<List<String>> tagIds = input.tagNames().map(names -> tags.ids(owner, names));
    return urlTaken(
        () ->
            Response.json(
                view.of(
                    bookmarks.update(
                        owner,
                        stored.id(),
                        OptionalLong.empty(),
                        draft -> {
                          input.change(draft);
                          tagIds.ifPresent(draft::tags);
                        }))));
  }

  private static Response urlTaken(Supplier<Response> work) {
    try {
      return work.get();
    } catch (ProblemException refused) {
      if (refused.problem().code().equals("bookmark_exists")) {
        throw LinkdingProblems.field("url", "A bookmark with this URL already exists.");
      }
      throw refused;
    }
  }

  private Response delete(Request request) {
    String owner = LinkdingProblems.writer(request);
    bookmarks.trash(owner, bookmark(request, owner).id(), OptionalLong.empty());
    return Response.noContent();
  }

  private Response archive(Request request) {
    String owner = LinkdingProblems.writer(request);
    bookmarks.archive(owner, bookmark(request, owner).id());
    return Response.noContent();
  }

  private Response back(Request request) {
    String owner = LinkdingProblems.writer(request);
    bookmarks.restore(owner, bookmark(request, owner).id());
    return Response.noContent();
  }

  private Bookmark bookmark(Request request, String owner) {
    return bookmark(bookmarks, request, owner, "id");
  }

  /// The bookmark that the path names.
  static Bookmark bookmark(Bookmarks bookmarks, Request request, String owner, String name) {
    return bookmarks
        .findByNumber(owner, LinkdingProblems.number(request, name))
        .filter(bookmark -> !bookmark.trashed())
        .orElseThrow(() -> LinkdingProblems.missing("Bookmark"));
  }

  /// The fields of a body; absent ones are empty.
  private record Input(
      Optional<String> url,
      Optional<String> title,
      Optional<String> description,
      Optional<String> notes,
      Optional<Boolean> archived,
      Optional<Boolean> unread,
      Optional<Boolean> shared,
      Optional<List<String>> tagNames,
      Optional<Instant> added,
      Optional<Instant> modified) {

    static Input read(Request request, boolean needsUrl) {
      Fields fields = Fields.of(request);
      Optional<String> url =
          fields
              .text("url", BookmarkRules.URL_MAX, needsUrl || fields.has("url"))
              .map(String::strip);
      if (url.isPresent() && !url.get().isEmpty() && !BookmarkRules.isWebUrl(url.get())) {
        boolean tooLong = url.get().length() > BookmarkRules.URL_MAX;
        if (!tooLong) {
          fields.wrong("url", "Enter a valid URL.");
        }
      }
      Input input =
          new Input(
              url,
              fields.text("title", BookmarkRules.TITLE_MAX, false),
              fields.text("description", BookmarkRules.DESCRIPTION_MAX, false),
              fields.text("notes", BookmarkRules.NOTES_MAX, false),
              fields.bool("is_archived"),
              fields.bool("unread"),
              fields.bool("shared"),
              fields.texts("tag_names"),
              fields.time("date_added"),
              fields.time("date_modified"));
      fields.check();
      return input;
    }

    /// Writes all texts and flags, absent ones too: what linkding does to a URL saved again.
    BookmarkDraft fill(BookmarkDraft draft) {
      return draft
          .title(title.orElse(""))
          .description(description.orElse(""))
          .notes(notes.orElse(""))
          .unread(unread.orElse(false))
          .visibility(shared.orElse(false) ? Visibility.TEAM : Visibility.PRIVATE);
    }

    void change(BookmarkDraft draft) {
      url.ifPresent(draft::url);
      title.ifPresent(draft::title);
      description.ifPresent(draft::description);
      notes.ifPresent(draft::notes);
      unread.ifPresent(draft::unread);
      shared.ifPresent(yes -> draft.visibility(yes ? Visibility.TEAM : Visibility.PRIVATE));
      archived.ifPresent(yes -> draft.status(yes ? Status.ARCHIVED : Status.ACTIVE));
      added.ifPresent(draft::createdAt);
      modified.ifPresent(draft::modifiedAt);
    }
  }
}

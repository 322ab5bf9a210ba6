package dev.quarterdeck.bookmarks.http;

import dev.quarterdeck.bookmarks.BookmarkDraft;
import dev.quarterdeck.bookmarks.BookmarkRules;
import dev.quarterdeck.bookmarks.Status;
import dev.quarterdeck.bookmarks.Tag;
import dev.quarterdeck.bookmarks.Tags;
import dev.quarterdeck.bookmarks.Visibility;
import dev.quarterdeck.http.BodyFields;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The fields of a bookmark in a request of our own API. All broken rules are told at once.
final class V1Body {
  private static final List<String> VISIBILITIES = List.of("private", "team");

  private final BodyFields body;
  private final List<Consumer<BookmarkDraft>> changes = new ArrayList<>();
  private Optional<List<String>> tags = Optional.empty();

  private V1Body(BodyFields body, List<String> states) {
    this.body = body;
    text("title", BookmarkRules.TITLE_MAX, BookmarkDraft::title);
    text("description", BookmarkRules.DESCRIPTION_MAX, BookmarkDraft::description);
    text("notes", BookmarkRules.NOTES_MAX, BookmarkDraft::notes);
    flag("unread", BookmarkDraft::unread);
    flag("pinned", BookmarkDraft::pinned);
    if (body.has("tags")) {
      tags = Optional.of(body.strings("tags", BookmarkRules.TAGS_MAX, BookmarkRules.TAG_NAME_MAX));
    }
    if (body.has("visibility")) {
      Visibility.of(body.choice("visibility", VISIBILITIES, "private"))
          .ifPresent(value -> changes.add(draft -> draft.visibility(value)));
    }
    if (body.has("status")) {
      Status.of(body.choice("status", states, states.getFirst()))
          .ifPresent(value -> changes.add(draft -> draft.status(value)));
    }
  }

  /// The fields of a new bookmark.
  static V1Body create(BodyFields body) {
    V1Body read = new V1Body(body, List.of("active", "archived"));
    read.time("created_at", BookmarkDraft::createdAt);
    return read;
  }

  /// The fields of a change.
  static V1Body patch(BodyFields body) {
    V1Body read = new V1Body(body, List.of("active", "archived", "trashed"));
    if (body.has("url")) {
      String url = read.url();
      read.changes.add(draft -> draft.url(url));
    }
    return read;
  }

  /// The URL, which must be there.
  String url() {
    String url = body.string("url", 1, BookmarkRules.URL_MAX).strip();
    if (!url.isEmpty() && !BookmarkRules.isWebUrl(url)) {
      body.violation("url", "Input should be a valid http or https URL", "url_parsing");
    }
    return url;
  }

  /// What is to be done to a draft, once everything was found good. Tags that do not exist are made
  /// now.
  Consumer<BookmarkDraft> checked(Tags book, String owner) {
    body.check();
    tags.ifPresent(
        names -> {
          List<String> ids = book.ensure(owner, names).stream().map(Tag::id).toList();
          changes.add(draft -> draft.tags(ids));
        });
    return draft -> changes.forEach(change -> change.accept(draft));
  }

  private void text(String name, int max, TextField field) {
    if (body.has(name)) {
      String value = body.string(name, 0, max);
      changes.add(draft -> field.set(draft, value));
    }
  }

  private void flag(String name, FlagField field) {
    if (body.has(name)) {
      boolean value = body.bool(name, false);
      changes.add(draft -> field.set(draft, value));
    }
  }

  private void time(String name, TimeField field) {
    time(body, name).ifPresent(value -> changes.add(draft -> field.set(draft, value)));
  }

  /// A time that may be absent or null.
  static Optional<Instant> time(BodyFields body, String name) {
    Optional<String> text = body.optionalString(name, 40);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.parse(text.get()));
    } catch (DateTimeException noTime) {
      body.violation(
          name, "Input should be a time such as 2026-05-01T12:00:00Z", "datetime_parsing");
      return Optional.empty();
    }
  }

  /// Sets a text of a draft.
  @FunctionalInterface
  private interface TextField {
    BookmarkDraft set(BookmarkDraft draft, String value);
  }

  /// Sets a truth value of a draft.
  @FunctionalInterface
  private interface FlagField {
    BookmarkDraft set(BookmarkDraft draft, boolean value);
  }

  /// Sets a time of a draft.
  @FunctionalInterface
  private interface TimeField {
    BookmarkDraft set(BookmarkDraft draft, Instant value);
  }
}

package dev.quarterdeck.bookmarks.exchange;

import dev.quarterdeck.bookmarks.BookmarkRules;
import dev.quarterdeck.bookmarks.PageMetadata;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads lists of bookmarks as JSON objects: our own export (in `bookmarks`), answers of linkding's
/// API (a page with `results`), or a bare list. Belongs to one thread.
final class JsonBookmarks {
  /// What our own files say they are.
  static final String FORMAT = "quarterdeck-bookmarks";

  private static final int NAME_MAX = 40;
  private static final int PAGE_TEXT_MAX = 2048;

  private final Entries entries;
  private String websiteTitle = "";
  private String websiteDescription = "";

  JsonBookmarks(Entries entries) {
    this.entries = entries;
  }

  void read(JsonParser parser) {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.START_ARRAY) {
      list(parser, this::bookmark);
    } else if (token == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        boolean list = parser.nextToken() == JsonToken.START_ARRAY;
        switch (list ? name : "") {
          case "results", "bookmarks" -> list(parser, this::bookmark);
          case "tags" -> list(parser, this::tag);
          case "collections" -> list(parser, this::collection);
          case "bundles" -> list(parser, this::search);
          default -> parser.skipChildren();
        }
      }
    }
  }

  private void list(JsonParser parser, JsonTokens.Reading reading) {
    for (JsonToken token = parser.nextToken();
        token != null && token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (token == JsonToken.START_OBJECT) {
        reading.read(parser);
      } else {
        entries.notAnObject(JsonTokens.line(parser));
        parser.skipChildren();
      }
    }
  }

  private void tag(JsonParser parser) {
    long line = JsonTokens.line(parser);
    Map<String, String> texts = texts(parser);
    entries.add(
        line,
        texts.getOrDefault("name", ""),
        texts.getOrDefault("color", ""),
        texts.getOrDefault("description", ""));
  }

  private void collection(JsonParser parser) {
    long line = JsonTokens.line(parser);
    String title = "";
    String rule = "";
    boolean pinned = false;
    List<String> urls = List.of();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "name" -> title = JsonTokens.text(parser);
        case "filter_rule" -> rule = JsonTokens.text(parser);
        case "pinned" -> pinned = JsonTokens.text(parser).equals("true");
        case "urls" -> urls = JsonTokens.texts(parser, BookmarkRules.COLLECTION_MAX);
        default -> parser.skipChildren();
      }
    }
    entries.add(line, title, rule, pinned, urls);
  }

  private void search(JsonParser parser) {
    long line = JsonTokens.line(parser);
    entries.addSearch(line, texts(parser));
  }

  /// The members of an object, as texts.
  private static Map<String, String> texts(JsonParser parser) {
    Map<String, String> texts = new HashMap<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      texts.put(FileText.cut(name, NAME_MAX), JsonTokens.text(parser));
    }
    return texts;
  }

  private void bookmark(JsonParser parser) {
    Draft draft = new Draft(JsonTokens.line(parser));
    draft.exact = true;
    websiteTitle = "";
    websiteDescription = "";
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      field(draft, name, parser);
    }
    if (draft.title.isEmpty()) {
      draft.title = websiteTitle;
    }
    if (draft.description.isEmpty()) {
      draft.description = websiteDescription;
    }
    entries.add(draft);
  }

  private void field(Draft draft, String name, JsonParser parser) {
    switch (name) {
      case "url" -> draft.url = JsonTokens.text(parser);
      case "title" -> draft.title = JsonTokens.text(parser);
      case "description" -> draft.description = JsonTokens.text(parser);
      case "notes" -> draft.notes = JsonTokens.text(parser);
      case "website_title" -> websiteTitle = JsonTokens.text(parser);
      case "website_description" -> websiteDescription = JsonTokens.text(parser);
      case "is_archived" -> draft.archived = JsonTokens.text(parser).equals("true");
      case "pinned" -> draft.pinned = JsonTokens.text(parser).equals("true");
      case "page" -> draft.page = page(parser);
      case "unread" -> draft.unread = JsonTokens.text(parser).equals("true");
      case "shared" -> draft.shared = Optional.of(JsonTokens.text(parser).equals("true"));
      case "status" -> {
        String status = JsonTokens.text(parser);
        draft.archived = status.equals("archived");
        draft.trashed = status.equals("trashed");
      }
      case "tag_names", "tags" -> draft.tags = JsonTokens.texts(parser);
      case "date_added", "created_at" -> draft.added = date(draft, JsonTokens.text(parser));
      case "date_modified", "updated_at" -> draft.modified = date(draft, JsonTokens.text(parser));
      default -> parser.skipChildren();
    }
  }

  private static PageMetadata page(JsonParser parser) {
    Map<String, String> texts = new HashMap<>();
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      return PageMetadata.NONE;
    }
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = FileText.cut(parser.currentName(), NAME_MAX);
      parser.nextToken();
      texts.put(name, FileText.cut(FileText.lines(JsonTokens.text(parser)), PAGE_TEXT_MAX));
    }
    Function<String, Optional<String>> text =
        name -> Optional.ofNullable(texts.get(name)).filter(value -> !value.isEmpty());
    return new PageMetadata(
        text.apply("title"),
        text.apply("description"),
        text.apply("favicon"),
        text.apply("preview_image"),
        text.apply("fetched_at").flatMap(FileDates::read),
        text.apply("failure"));
  }

  private Optional<Instant> date(Draft draft, String raw) {
    Optional<Instant> date = FileDates.read(raw);
    if (date.isEmpty() && FileDates.present(raw)) {
      entries.invalidDate(draft.line, raw);
    }
    return date;
  }
}
